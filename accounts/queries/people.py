"""Finding people."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.models import Appointment, Person
from accounts.models.people import NOBODYS
from web.contributions import Recipient
from web.database import holding


def person_by_email(session: Session, email: str, *, lock: bool = False) -> Person | None:
    """The account that this address opens, as its main or its second one; case does not matter.
    ``lock`` holds it until the commit."""
    kept = email.strip().lower()
    wanted = select(Person).where(or_(Person.email == kept, Person.second_email == kept))
    if lock:
        wanted = holding(wanted)
    return session.scalar(wanted)


def hold(session: Session, person: Person) -> Person:
    """The person's row as it is now, held until the commit: a double click waits in line."""
    number = person.id
    session.expire(person)  # what was read of them may be older than what is held now
    return session.get_one(Person, number, with_for_update=True, populate_existing=True)


def people_with_role(session: Session, role: str, most: int = 500) -> list[Person]:
    """Everybody whose appointment to the role stands, by name."""
    standing = select(Appointment.person_id).where(
        Appointment.role == role, Appointment.ended_at.is_(None)
    )
    wanted = select(Person).where(Person.id.in_(standing)).order_by(Person.name, Person.id)
    return list(session.scalars(wanted.limit(most)))


def recipients(session: Session, ids: Sequence[int]) -> dict[int, Recipient]:
    """Those of these people who can be written to: an account in use, its address confirmed."""
    wanted = select(Person.id, Person.name, Person.email).where(
        Person.id.in_(ids),
        Person.active,
        Person.confirmed_at.is_not(None),
        ~Person.email.endswith(NOBODYS),
    )
    rows = session.execute(wanted.order_by(Person.id))
    return {id_: Recipient(name, email) for id_, name, email in rows}
