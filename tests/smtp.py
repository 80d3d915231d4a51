"""A real SMTP server for tests: with STARTTLS and a login, or one that refuses, or hangs up."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

LOGIN, PASSWORD = "portal", "correct horse"


@dataclass
class Postbox:
    """The server's handler.  ``answer`` sees each mail before the server says 250."""

    answer: Callable[[EmailMessage], str] = lambda mail: "250 Taken"
    refuse: str = ""
    """What to say to every recipient instead of taking it."""
    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        said = self.answer(mail)
        self.mails.append(mail)
        self.arrived.set()
        if said == "hang up":  # after the mail was taken, without waiting for QUIT
            server.transport.write(b"250 Taken\r\n")
            server.transport.close()
        return said

    def settings(self, **more: Any) -> dict[str, Any]:
        """The portal's settings for this server."""
        usual = {
            "environment": "development",
            "mail_server": "localhost",
            "mail_port": self.port,
            "mail_security": "none",
        }
        return usual | more


@contextmanager
def server(postbox: Postbox, **options: Any) -> Iterator[Postbox]:
    """Serve on a free port of this machine."""
    postbox.port = postbox.port or _free_port()
    controller = Controller(postbox, hostname="localhost", port=postbox.port, **options)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("localhost", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def private_server(
    postbox: Postbox, folder: Path, *, named: str = "localhost"
) -> Iterator[dict[str, Any]]:
    """With STARTTLS, a certificate for ``named`` and a login; yields the portal's settings."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(named).configure_cert(context)
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    options = {
        "tls_context": context,
        "require_starttls": True,
        "authenticator": _authenticate,
        "auth_required": True,
    }
    with server(postbox, **options):
        yield postbox.settings(
            mail_security="starttls",
            mail_ca_file=ca_file,
            mail_username=LOGIN,
            mail_password=PASSWORD,
        )


def _authenticate(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
    good = LoginPassword(LOGIN.encode(), PASSWORD.encode())
    return AuthResult(success=data == good, handled=data == good)
