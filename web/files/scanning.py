"""The virus scan, by clamd: while one is set, a file is held back until the scan says it is clean.

The worker asks, so that nobody's request waits for it.  Whatever is not a plain "OK" is not clean:
a file above clamd's StreamMaxLength comes back as a broken pipe.
"""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.audit import record
from web.files.models import BEING_CHECKED, CLEAN, REFUSED, StoredFile
from web.files.store import StoreError, content_key, store
from web.jobs import Job, keep, lease_of

JOB = "scan files"
PATIENCE = 60
"""Seconds for one answer: clamd reads the whole file before it gives one."""
TOO_LARGE = "could not be scanned: too large, or broken off"


class NoAnswer(Exception):
    """clamd is not there: the file waits."""


@dataclass(frozen=True)
class Verdict:
    state: str
    reason: str = ""


def judge(where: str, pieces: Iterator[bytes]) -> Verdict:
    """Ask the clamd at a socket's path or ``host:port``.  Raises NoAnswer."""
    said = _ask(where, b"zINSTREAM\0", pieces)
    if said == "stream: OK":
        return Verdict(CLEAN)
    if said.endswith(" FOUND"):
        return Verdict(REFUSED, said.removeprefix("stream: ").removesuffix(" FOUND")[:200])
    if "size limit" in said or (not said and _ask(where, b"zPING\0") == "PONG"):
        return Verdict(REFUSED, TOO_LARGE)
    raise NoAnswer(said)


def _ask(where: str, command: bytes, pieces: Iterator[bytes] | None = None) -> str:
    with _connected(where) as line:
        try:
            line.sendall(command)
            for piece in pieces or ():
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            if pieces is not None:
                line.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it may have said why
        except OSError as error:
            raise NoAnswer(type(error).__name__) from error
        return _answer(line)


def _connected(where: str) -> socket.socket:
    try:
        if where.startswith("/"):
            return _connected_here(where)
        host, _, port = where.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
    except OSError as error:
        raise NoAnswer(type(error).__name__) from error


def _connected_here(path: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    try:
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    said = b""
    try:
        while len(said) < 1000 and (more := line.recv(1000)):
            said += more
    except ConnectionResetError:
        pass
    except OSError as error:
        raise NoAnswer(type(error).__name__) from error
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def scan_waiting(session: Session, at: datetime) -> str:
    """One after another, each a commit of its own; no transaction is open while clamd reads."""
    lease, where = lease_of(session, JOB), current_app.extensions["settings"].clamd
    done = last = 0
    while (found := _next(session, last)) is not None:
        last = found.id
        key = content_key(found.sha256)
        session.commit()
        try:
            verdict = judge(where, store().read(key)) if where else Verdict(CLEAN)
        except NoAnswer:
            return f"scanned: {done}; clamd does not answer"
        except StoreError:
            continue
        _write_down(session, last, verdict, at if where else None, at)
        keep(session, JOB, lease)
        session.commit()
        done += 1
    return f"scanned: {done}"


def _next(session: Session, above: int) -> StoredFile | None:
    wanted = select(StoredFile).where(
        StoredFile.state == BEING_CHECKED,
        StoredFile.destroyed_at.is_(None),
        StoredFile.id > above,
    )
    return session.scalar(wanted.order_by(StoredFile.id).limit(1))


def _write_down(
    session: Session, number: int, verdict: Verdict, scanned_at: datetime | None, at: datetime
) -> None:
    stored = session.get_one(StoredFile, number, with_for_update=True, populate_existing=True)
    if not stored.is_waiting:
        return
    stored.state, stored.reason, stored.checked_at = verdict.state, verdict.reason, scanned_at
    record(session, stored, f"found {verdict.state}", by="system:files", at=at)


def oldest_waiting(session: Session) -> datetime | None:
    """Since when the file has waited that has waited longest."""
    wanted = select(StoredFile.created_at).where(
        StoredFile.state == BEING_CHECKED, StoredFile.destroyed_at.is_(None)
    )
    return session.scalar(wanted.order_by(StoredFile.created_at).limit(1))


jobs = (Job(JOB, timedelta(seconds=15), scan_waiting),)
