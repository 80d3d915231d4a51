"""Finding where somebody is signed in."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Device, Person

MOST_DEVICES = 100
ON_DEVICE = (
    select(Person, Device)
    .join(Device, Device.person_id == Person.id)
    .where(Person.fs_uniquifier == bindparam("uniquifier"), Person.active)
    .where(Device.digest == bindparam("digest"))
    .options(joinedload(Person.appointments))
)
"""Made once: to put it together took longer than to ask it."""


def person_on_device(
    session: Session, uniquifier: str, digest: str
) -> tuple[Person, Device] | None:
    """Whose cookie it is.  Every request of a signed-in person asks: one statement, by indexes."""
    asked = {"uniquifier": uniquifier, "digest": digest}
    found = session.execute(ON_DEVICE, asked).unique().one_or_none()
    return (found[0], found[1]) if found else None


def devices_of(session: Session, person: Person) -> list[Device]:
    """The one used last first."""
    wanted = select(Device).where(Device.person_id == person.id)
    newest = wanted.order_by(Device.last_seen_at.desc(), Device.id.desc())
    return list(session.scalars(newest.limit(MOST_DEVICES)))


def device_of(session: Session, person: Person, reference: str) -> Device | None:
    return session.scalar(
        select(Device).where(Device.person_id == person.id, Device.reference == reference)
    )
