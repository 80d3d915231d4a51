"""Finding people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Appointment, Person


def person_by_email(session: Session, email: str, *, lock: bool = False) -> Person | None:
    """The account with this address; case does not matter.  ``lock`` holds it until the commit."""
    wanted = select(Person).where(Person.email == email.strip().lower())
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.scalar(wanted)


def people_with_role(session: Session, role: str, most: int = 500) -> list[Person]:
    """Everybody whose appointment to the role stands, by name."""
    standing = select(Appointment.person_id).where(
        Appointment.role == role, Appointment.ended_at.is_(None)
    )
    wanted = select(Person).where(Person.id.in_(standing)).order_by(Person.name, Person.id)
    return list(session.scalars(wanted.limit(most)))
