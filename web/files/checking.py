"""Whatever parses runs in a child: its own process, little time and memory, no secrets.

A file that makes a parser run wild ends the child, never the portal.
"""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from web.files.words import no_table, refused
from web.settings import ROOT, Settings

MOST_SECONDS = 40
"""By the clock.  The child's own limit, in processor time, is shorter."""
MOST_SECONDS_OF_A_TABLE = 100
MOST_WORDS = 400_000
"""Characters: far more than a certificate has."""
AT_ONCE = BoundedSemaphore(2)
"""Each may take a gigabyte; the others wait."""
PATIENCE = 20


def look(file: Path, folder: Path, settings: Settings) -> dict[str, Any]:
    """What it is; raises Refused in words.  A cleaned copy, and a picture, go into the folder."""
    found = _child("look", file, folder, settings)
    if "no" in found:
        raise refused(found.pop("no"), **found)
    return found


def draw(file: Path, folder: Path, settings: Settings) -> int:
    """How many of a PDF's pages were drawn: none is no reason to refuse it."""
    _child("draw", file, folder, settings)
    number = 0
    while (folder / f"{number + 1}.webp").exists():
        number += 1
    return number


def read(file: Path, folder: Path, settings: Settings) -> str:
    """The words in it; empty when there are none, or it cannot be read."""
    _child("read", file, folder, settings)
    words = folder / "words"
    return words.read_text("utf-8", errors="replace") if words.exists() else ""


def table(file: Path, folder: Path, settings: Settings, limits: dict[str, int]) -> int:
    """How many rows it has, each a line of ``rows`` in the folder.  Raises Refused in words."""
    found = _child("table", file, folder, settings, limits)
    if "no" in found:
        raise no_table(found.pop("no"), **found)
    return int(found["rows"])


def _child(
    verb: str, file: Path, folder: Path, settings: Settings, more: dict[str, int] | None = None
) -> dict[str, Any]:
    limits = {
        "most_pages": settings.most_pages,
        "preview_pages": settings.preview_pages,
        "most_words": MOST_WORDS,
        **(more or {}),
    }
    command = [sys.executable, "-s", "-m", "web.files.child", verb, str(file), str(folder)]
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise refused("busy")
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file's name is ours too
            [*command, json.dumps(limits)],
            cwd=ROOT,
            env={"TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MOST_SECONDS_OF_A_TABLE if verb == "table" else MOST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return {"no": "too much"}
    finally:
        AT_ONCE.release()
    return _answer(done)


def _answer(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """What it said in its last line; nothing, when it was ended or failed."""
    try:
        said = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return {"no": "too much"}
    return said if done.returncode == 0 and isinstance(said, dict) else {"no": "too much"}
