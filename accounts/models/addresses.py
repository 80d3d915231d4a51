"""A person's addresses, changing them, and mending a mailbox that nobody can open any more."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, event, inspect, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from accounts.models.people import Person, TakenAddress
from web.database import Base
from web.references import new_reference

WAITING, DONE, STOPPED, EXPIRED, TAKEN_BACK = "waiting", "done", "stopped", "expired", "taken back"
CHANGE_STATES = (WAITING, DONE, STOPPED, EXPIRED, TAKEN_BACK)
ADD, MAIN = "add", "main"
ASKED, REFUSED = "asked", "refused"
MAILBOX_STATES = (ASKED, WAITING, STOPPED, DONE, REFUSED, EXPIRED)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _one_waiting(name: str) -> Index:
    where = text("state = 'waiting'")
    return Index(name, "person_id", unique=True, sqlite_where=where, postgresql_where=where)


class AddressChange(Base):
    """A second address to be confirmed, or the second one to become the main one."""

    __tablename__ = "address_change"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(CHANGE_STATES)})", name="known_state"),
        CheckConstraint("sort IN ('add', 'main')", name="known_sort"),
        CheckConstraint(
            "state <> 'done' OR (new_said_yes_at IS NOT NULL"
            " AND (sort = 'add' OR old_said_yes_at IS NOT NULL))",
            name="done_when_both_said_yes",
        ),
        _one_waiting("uq_address_change_one_waiting"),
        Index("ix_address_change_clock", "state", "expires_at"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    sort: Mapped[str]
    old_email: Mapped[str]
    """The main address when it was asked for: it is told, and asked."""
    email: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default=WAITING)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    old_said_yes_at: Mapped[datetime | None]
    new_said_yes_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    person: Mapped[Person] = relationship()

    def happened(self, *, at: datetime, **_: object) -> "AddressChange":
        """Each row is one change; the audit's entries are its events."""
        self.ended_at = at
        return self


class MailboxRequest(Base):
    """Somebody cannot open the mailbox they sign in with and asks the Charter team to mend it."""

    __tablename__ = "mailbox_request"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(MAILBOX_STATES)})", name="known_state"),
        CheckConstraint(
            "state NOT IN ('waiting', 'done', 'expired') OR (person_id IS NOT NULL"
            " AND checked_at IS NOT NULL AND due_at IS NOT NULL AND how_checked <> '')",
            name="checked_before_it_waits",
        ),
        CheckConstraint(
            "state <> 'done' OR (new_said_yes_at IS NOT NULL AND ended_at >= due_at)",
            name="done_after_the_notice",
        ),
        _one_waiting("uq_mailbox_request_one_waiting"),
        Index("ix_mailbox_request_queue", "state", "asked_at"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    name: Mapped[str]
    organisation: Mapped[str]
    """As they typed it."""
    old_email: Mapped[str] = mapped_column(index=True)
    new_email: Mapped[str] = mapped_column(index=True)
    reach: Mapped[str]
    """How to reach them: a phone number, or a colleague's."""
    state: Mapped[str] = mapped_column(default=ASKED)
    asked_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Whose account it is: known once an officer has checked who asks."""
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    checked_by_colleague: Mapped[bool] = mapped_column(default=False)
    """Whether the officer belonged to one of the person's organisations."""
    how_checked: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None]
    """When the notice has run its hours."""
    expires_at: Mapped[datetime | None]
    new_said_yes_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    note: Mapped[str] = mapped_column(default="")
    """Why it was refused, or who stopped it."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    ended_by: Mapped[Person | None] = relationship(foreign_keys=[ended_by_id])

    def happened(self, *, verb: str, by: Any, at: datetime, note: str, **_: object) -> Any:
        """Two steps at most: it is checked, and it ends."""
        if verb == "start":
            self.checked_at, self.checked_by_id, self.how_checked = at, by.id, note
        else:
            self.ended_at, self.ended_by_id, self.note = at, getattr(by, "id", None), note
        return self


def _keep_taken_addresses(session: Session, *_: object) -> None:
    """Whoever sets an address, here or in another package: the database knows that it is taken."""
    for person in [*session.new, *session.dirty]:
        if isinstance(person, Person) and _addresses_changed(person):
            wanted = set(person.emails)
            kept = [taken for taken in person.taken if taken.email in wanted]
            missing = wanted - {taken.email for taken in kept}
            person.taken = kept + [TakenAddress(email=email) for email in sorted(missing)]


def _addresses_changed(person: Person) -> bool:
    attributes = inspect(person).attrs
    return any(attributes[a].history.has_changes() for a in ("email", "second_email"))


event.listen(Session, "before_flush", _keep_taken_addresses)
