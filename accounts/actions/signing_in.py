"""Where somebody is signed in begins and ends."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_
from sqlalchemy.orm import Session

from accounts.models import Device, Person


def begin(
    session: Session,
    person: Person,
    *,
    digest: str,
    browser: str | None,
    system: str | None,
    must_prove: bool,
    proved: bool,
    at: datetime,
) -> Device:
    device = Device(
        person_id=person.id,
        digest=digest,
        browser=browser,
        system=system,
        signed_in_at=at,
        last_seen_at=at,
        must_prove=must_prove,
        proved_at=at if proved else None,
    )
    session.add(device)
    session.flush()
    return device


def end(session: Session, device: Device) -> None:
    session.execute(delete(Device).where(Device.id == device.id))


def end_all(session: Session, person: Person, *, but: Device | None = None) -> None:
    """Everywhere, or everywhere else."""
    theirs = delete(Device).where(Device.person_id == person.id)
    session.execute(theirs if but is None else theirs.where(Device.id != but.id))


def forget_over(session: Session, *, seen_before: datetime, begun_before: datetime) -> int:
    over = or_(Device.last_seen_at <= seen_before, Device.signed_in_at <= begun_before)
    return cast("CursorResult[Any]", session.execute(delete(Device).where(over))).rowcount
