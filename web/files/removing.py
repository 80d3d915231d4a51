"""Destroying a file: its row says so at once; its bytes go when no other row needs them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from web.audit import record
from web.files.models import StoredFile
from web.files.receiving import hold
from web.files.store import content_key, preview_key, store
from web.jobs import Each, Job


def destroy(session: Session, stored: StoredFile, *, by: Any, at: datetime) -> None:
    """From now on nobody can open it.  The worker removes the bytes within minutes."""
    if stored.destroyed_at is None:
        stored.destroyed_at = at
        record(session, stored, "destroyed", by=by, at=at)


def destroyed(session: Session, _at: datetime, above: int) -> list[int]:
    """For the job: rows whose bytes may still lie there."""
    wanted = (
        select(StoredFile.id)
        .where(StoredFile.removed_at.is_(None), StoredFile.destroyed_at.is_not(None))
        .where(StoredFile.id > above)
    )
    return list(session.scalars(wanted.order_by(StoredFile.id).limit(100)))


def remove(session: Session, number: int, at: datetime) -> None:
    """Take the bytes of one away, unless another owner sent the same."""
    stored = session.get_one(StoredFile, number, with_for_update=True, populate_existing=True)
    if stored.removed_at is not None:
        return
    hold(session, stored.sha256)
    if not is_needed(session, stored.sha256):
        pages = [preview_key(stored.sha256, n) for n in range(1, stored.previews + 1)]
        store().delete([content_key(stored.sha256), *pages])
    stored.removed_at = at
    record(session, stored, "removed", by="system:files", at=at)


def is_needed(session: Session, sha256: str) -> bool:
    """Whether a row that is not destroyed has this content.  Ask while holding it."""
    living = select(StoredFile.id).where(
        StoredFile.sha256 == sha256, StoredFile.destroyed_at.is_(None)
    )
    return bool(session.scalar(select(exists(living))))


jobs = (Job("remove destroyed files", timedelta(minutes=1), Each(destroyed, remove)),)
