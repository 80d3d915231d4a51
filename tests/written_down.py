"""docs/operations.md, tried as it stands: its samples, with this machine's folders and ports."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

import trustme
from sqlalchemy import make_url

from web.settings import ROOT

SITE = "charter.example.org"
TEXT = (ROOT / "docs" / "operations.md").read_text()
OTHER_MACHINES = {
    "setpriv --reuid portal --regid portal --init-groups ": "",
    "-o portal -g portal ": "",
}
"""What needs an account and a systemd of its own."""
REAL = {
    "\nexample = true\n": "\nexample = false\n",
    "@charter.example": f"@{SITE.replace('example.org', 'county.uk')}",
    "0115 496 01": "0115 000 01",
    "Z0000000": "ZA000000",
    "\n[accessibility]\n": "\n[accessibility]\nprepared = 2026-11-01\ntested_on = 2026-11-01\n",
}
"""What a county writes into its own scheme file before production starts."""


def sample(holding: str) -> str:
    """The one fenced sample with these words in it."""
    found = [s for s in re.findall(r"```\n(.*?)```", TEXT, re.DOTALL) if holding in s]
    assert len(found) == 1, f"{len(found)} samples of docs/operations.md hold “{holding}”"
    return str(found[0])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass
class Machine:
    """A portal in production, in a folder of its own."""

    folder: Path
    database_url: str
    mail: dict[str, Any]
    web: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)
    plain: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    authority: trustme.CA = field(default_factory=trustme.CA)

    def here(self, text: str) -> str:
        """A sample with this machine's folders and ports."""
        places = {
            "/srv/portal/app": str(ROOT),
            "/srv/portal/data": str(self.folder / "data"),
            "/srv/portal/scheme.toml": str(self.folder / "scheme.toml"),
            "/var/backups/portal": str(self.folder / "backups"),
            "/etc/portal.env": str(self.folder / "portal.env"),
            "/etc/ssl/portal": str(self.folder),
            "127.0.0.1:8000": f"127.0.0.1:{self.web}",
            "listen 443 ": f"listen 127.0.0.1:{self.https} ",
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
        }
        for written, meant in {**places, **OTHER_MACHINES}.items():
            text = text.replace(written, meant)
        return text

    def prepare(self) -> None:
        for name in ("data", "backups"):
            (self.folder / name).mkdir()
        own = (ROOT / "content" / "scheme.toml").read_text()
        for invented, real in REAL.items():
            assert invented in own
            own = own.replace(invented, real)
        (self.folder / "scheme.toml").write_text(own)
        self._write_settings()
        certificate = self.authority.issue_cert(SITE)
        certificate.private_key_pem.write_to_path(str(self.folder / "privkey.pem"))
        for pem in certificate.cert_chain_pems:
            pem.write_to_path(str(self.folder / "fullchain.pem"), append=True)

    def _write_settings(self) -> None:
        text = self.here(sample("PORTAL_SECRET_KEY="))
        for name in ("SECRET_KEY", "AUDIT_KEY"):
            text = text.replace(f"PORTAL_{name}=…", f"PORTAL_{name}={os.urandom(24).hex()}")
        if not self.database_url.startswith("sqlite"):
            text = re.sub(r"DATABASE_URL=.*", f"DATABASE_URL='{self.database_url}'", text)
        text = text.replace("smtp.example.org", str(self.mail["mail_server"]))
        text = text.replace("PORTAL_MAIL_PASSWORD=…", f"PORTAL_MAIL_PASSWORD='{self._password}'")
        more = {"PORT": self.mail["mail_port"], "CA_FILE": self.mail["mail_ca_file"]}
        text += "".join(f"PORTAL_MAIL_{name}={value}\n" for name, value in more.items())
        (self.folder / "portal.env").write_text(text)

    @property
    def _password(self) -> str:
        return str(self.mail["mail_password"])

    def run(self, commands: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """By bash, as the owner would type it, with `as` of the first day at hand."""
        first = self.here(sample("as() {"))
        known = "\n".join(line for line in first.splitlines() if line.startswith(("cd ", "as() ")))
        return subprocess.run(
            ["bash", "-c", f"set -e\n{known}\n{self.here(commands)}"],
            capture_output=True, text=True, check=check, env=self._environment(), timeout=120,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "DATABASE_"))}
        clean.pop("TEST_SERVER", None)
        if self.database_url.startswith("sqlite"):
            return clean
        url = make_url(self.database_url)
        return clean | {"PGHOST": str(url.query["host"]), "PGUSER": str(url.username)}

    def start(self, unit: str) -> None:
        """What the unit starts, with its settings."""
        line = re.search(rf"ExecStart=(\S*{unit}[^\n`]*)", self.here(TEXT))
        assert line, f"no ExecStart with {unit}"
        command = f"set -a; . {self.folder / 'portal.env'}; set +a; exec {line[1]}"
        self._start(["bash", "-c", command], unit)

    def start_proxy(self) -> None:
        inside = self.here(sample("ssl_certificate "))
        user = "user root;" if os.geteuid() == 0 else ""
        away = "\n".join(
            f"{kind}_temp_path {self.folder}/nginx-{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        written = f"{user} daemon off; pid {self.folder}/nginx.pid;\nerror_log stderr;\n"
        written += f"events {{}}\nhttp {{\naccess_log off;\n{away}\n{inside}}}\n"
        (self.folder / "nginx.conf").write_text(written)
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert nginx
        self._start([nginx, "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)], "nginx")

    def _start(self, command: list[str], name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running.append(
                subprocess.Popen(command, cwd=ROOT, env=self._environment(), stdout=log, stderr=log)
            )

    def stop(self) -> list[int]:
        """By SIGTERM, as systemd does; how each ended."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        ended = [process.wait(timeout=40) for process in self.running]
        self.running.clear()
        return ended

    def get(self, path: str, method: str = "GET", **more: Any) -> "Answer":
        """Through the proxy, by the portal's own name."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        raw = socket.create_connection(("127.0.0.1", self.https), timeout=20)
        return self._ask(context.wrap_socket(raw, server_hostname=SITE), path, method, **more)

    def get_unsafely(self, path: str) -> "Answer":
        return self._ask(socket.create_connection(("127.0.0.1", self.plain), timeout=20), path)

    def _ask(
        self, connected: socket.socket, path: str, method: str = "GET", **more: Any
    ) -> "Answer":
        connection = http.client.HTTPConnection(SITE)
        connection.sock = connected
        try:
            connection.request(method, path, **more)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()
            connected.close()

    def wait_until_ready(self) -> None:
        until = time.monotonic() + 60
        while True:
            try:
                if self.get("/health/ready").status == 200:
                    return
            except OSError:
                pass
            logs = "\n".join(log.read_text() for log in self.folder.glob("*.log"))
            assert time.monotonic() < until, f"it did not come up:\n{logs[-4000:]}"
            time.sleep(0.2)


@contextmanager
def machine(folder: Path, database_url: str, mail: dict[str, Any]) -> Iterator[Machine]:
    made = Machine(folder, database_url, mail)
    made.prepare()
    try:
        yield made
    finally:
        for process in made.running:
            process.terminate()
        for process in made.running:
            process.wait(timeout=40)
