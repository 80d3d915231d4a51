"""`make docs`: what the docs show of the product, written anew from the product itself.

The README's table of settings, the states of a pledge, and the README's picture.  The picture
needs Chromium; without it the old one stays.
"""

import base64
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from accounts.organisation_moves import as_markdown as organisation_states_as_markdown
from charter.sessions.workflow import as_markdown as session_states_as_markdown
from charter.workflow import as_markdown as states_as_markdown
from endorsement.sending.workflow import as_markdown as submission_states_as_markdown
from review.workflow import as_markdown as case_states_as_markdown
from tools.bench import server
from web.settings import ROOT
from web.settings import as_markdown as settings_as_markdown

README = ROOT / "README.md"
STATES = ROOT / "docs" / "states-of-a-pledge.md"
CASE_STATES = ROOT / "docs" / "states-of-a-case.md"
ORGANISATION_STATES = ROOT / "docs" / "states-of-an-organisation.md"
SUBMISSION_STATES = ROOT / "docs" / "states-of-a-submission.md"
SESSION_STATES = ROOT / "docs" / "states-of-a-charter-session.md"
PICTURE = ROOT / "docs" / "screenshots" / "public.png"
PHONE = {"width": 390, "height": 844}
GAP = 24
PATIENCE = 180
"""Seconds for the example county to be loaded."""
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    write(README, with_settings(README.read_text("utf-8")))
    write(STATES, states_as_markdown())
    write(SESSION_STATES, session_states_as_markdown())
    write(ORGANISATION_STATES, organisation_states_as_markdown())
    write(SUBMISSION_STATES, submission_states_as_markdown())
    write(CASE_STATES, case_states_as_markdown())
    chromium = shutil.which("chromium")
    if chromium:
        take_picture(chromium)
    else:
        print(f"Chromium is not installed: {PICTURE.relative_to(ROOT)} stays as it is.")


def write(file: Path, text: str) -> None:
    same = file.exists() and file.read_text("utf-8") == text
    file.write_text(text, "utf-8")
    print(f"{file.relative_to(ROOT)}: {'as it was' if same else 'written'}")


def with_settings(readme: str) -> str:
    """The README with today's settings between its two marks."""
    marks = re.compile(r"(<!-- settings:[^>]*-->\n).*?(<!-- /settings -->)", re.DOTALL)
    return marks.sub(lambda found: f"{found[1]}{settings_as_markdown()}\n{found[2]}", readme)


def take_picture(chromium: str) -> None:
    """The first page, the register and an organisation's page, as on a phone, side by side."""
    PICTURE.parent.mkdir(exist_ok=True)
    with portal() as port, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=CHROMIUM)
        site = f"http://{server.HOST}:{port}"
        shots = [photograph(browser, f"{site}{path}") for path in pages(port)]
        side_by_side(browser, shots)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: written")


def pages(port: int) -> tuple[str, ...]:
    entries = json.loads(server.get(port, "/register.json")[2])["organisations"]
    current = next(e for e in entries if e["standing"] == "current" and len(e["commitments"]) == 8)
    return "/", "/register", "/organisations/" + current["page"].rsplit("/", 1)[1]


def photograph(browser: Browser, address: str) -> bytes:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.goto(address, wait_until="networkidle")
    shot = page.screenshot()
    page.close()
    return shot


def side_by_side(browser: Browser, shots: list[bytes]) -> None:
    width = len(shots) * (PHONE["width"] + GAP) + GAP
    page = browser.new_page(viewport={"width": width, "height": PHONE["height"] + 2 * GAP})
    pictures = "".join(
        f'<img style="margin-left:{GAP}px" src="data:image/png;base64,{_text(shot)}">'
        for shot in shots
    )
    page.set_content(f'<body style="margin:{GAP}px 0;display:flex;background:#ddd">{pictures}')
    page.screenshot(path=PICTURE)


def _text(shot: bytes) -> str:
    return base64.b64encode(shot).decode()


@contextmanager
def portal() -> Iterator[int]:
    """The example county on a database of its own; the port it answers on."""
    port = server.free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {"PORT": str(port), "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite"}
        command = [sys.executable, "-m", "web.serve"]
        running = subprocess.Popen(command, cwd=ROOT, env=server.clean_environment() | own)
        try:
            _wait(running, port)
            yield port
        finally:
            running.terminate()
            running.wait(timeout=30)


def _wait(running: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while running.poll() is None and time.monotonic() < until:
        try:
            if server.get(port, "/health/live")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The portal did not start.")


if __name__ == "__main__":
    main()
