"""What nothing refers to: objects whose transaction failed, and files of a check that was killed.

Only what is older than a day, so that nothing under way is touched.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.files.models import StoredFile
from web.files.receiving import PREFIX, hold, scratch
from web.files.removing import is_needed
from web.files.store import folder_of, store
from web.jobs import Job, keep, lease_of

JOB = "sweep files"
AGE = timedelta(days=1)


def sweep(session: Session, _at: datetime) -> str:
    """By the machine's clock, not the portal's, which the example may move: so are files dated."""
    moment, lease, swept = datetime.now(UTC) - AGE, lease_of(session, JOB), 0
    session.commit()
    for batch in store().older_than(moment):
        for sha256, keys in _unknown(session, batch).items():
            hold(session, sha256)
            if not is_needed(session, sha256):
                store().delete(keys)
                swept += len(keys)
            keep(session, JOB, lease)
            session.commit()
        session.commit()
    for left in _left_behind(moment):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        swept += 1
    return f"swept: {swept}"


def _unknown(session: Session, batch: list[str]) -> dict[str, list[str]]:
    """By its digest, the keys of each content that no living row has."""
    by_digest: dict[str, list[str]] = {}
    for key in batch:
        by_digest.setdefault(_digest_in(key), []).append(key)
    living = select(StoredFile.sha256).where(
        StoredFile.sha256.in_(by_digest), StoredFile.destroyed_at.is_(None)
    )
    for sha256 in session.scalars(living):
        by_digest.pop(sha256, None)
    return {digest: keys for digest, keys in by_digest.items() if digest}


def _digest_in(key: str) -> str:
    """``content/ab/abcd…`` and ``previews/ab/abcd…/1.webp``; empty for what is not ours."""
    parts = key.split("/")
    digest = parts[2] if len(parts) > 2 else ""
    return digest if len(digest) == 64 and not set(digest) - set("0123456789abcdef") else ""


def _left_behind(moment: datetime) -> Iterator[Path]:
    """Folders of checks, and what a put that was killed had written."""
    settings = current_app.extensions["settings"]
    found = list(scratch(settings).glob(f"{PREFIX}*"))
    if folder := folder_of(settings):
        found += folder.glob("*/*/*#*")
        found += folder.glob("*/*/*/*#*")
    for path in found:
        if path.stat().st_mtime < moment.timestamp():
            yield path


jobs = (Job(JOB, timedelta(days=1), sweep),)
