"""How organisations and their people change: who asks for what, names, addresses, mergers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.organisations import Organisation
from accounts.models.people import Person
from web.database import Base
from web.references import new_reference

JOIN, TO_LEAD = "join", "lead"
_STATES = "'waiting', 'accepted', 'declined', 'withdrawn', 'run out', 'set aside'"
_WAITING = text("state = 'waiting'")


class Answered:
    """What is asked, waits, and is answered once (accounts.asking)."""

    state: Mapped[str] = mapped_column(default="waiting")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> Any:  # noqa: ARG002
        """The row is its own event: it moves once, and back only when a merger is undone."""
        again = self.state == "waiting"
        self.answered_at = None if again else at
        self.answered_by_id = None if again else getattr(by, "id", None)
        return self


class MembershipRequest(Answered, Base):
    """Somebody asks to join, or somebody who belongs to it asks to lead it."""

    __tablename__ = "membership_request"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="known_state"),
        CheckConstraint("wants IN ('join', 'lead')", name="known_wish"),
        UniqueConstraint("reference"),
        Index(
            "uq_membership_request_waiting", "person_id", "organisation_id",
            unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING,
        ),
        Index("ix_membership_request_queue", "state", "asked_at"),
    )  # fmt: skip
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    wants: Mapped[str] = mapped_column(default=JOIN)
    note: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class LeadHandover(Answered, Base):
    """A lead offers the lead to a colleague.  One waits at a time."""

    __tablename__ = "lead_handover"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="known_state"),
        CheckConstraint("afterwards IN ('editor', 'viewer', 'leave')", name="known_afterwards"),
        Index(
            "uq_lead_handover_waiting", "organisation_id",
            unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING,
        ),
    )  # fmt: skip
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    afterwards: Mapped[str]
    """What the former lead is then."""
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))

    organisation: Mapped[Organisation] = relationship()
    offered_by: Mapped[Person] = relationship(foreign_keys=[from_id])
    offered_to: Mapped[Person] = relationship(foreign_keys=[to_id])


class OrganisationEvent(Base):
    """A line of "What happened": written with the change, never changed, and no part of the audit.

    It names people by their rows, so that an erased person's name is gone here too.
    """

    __tablename__ = "organisation_event"
    __table_args__ = (Index("ix_organisation_event_of", "organisation_id", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    at: Mapped[datetime]
    verb: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Whom it is about."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    role: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    """Names of organisations, as they were on that day."""
    after: Mapped[str] = mapped_column(default="")

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


class OrganisationAddress(Base):
    """Every address an organisation ever had, today's too.  The key makes sure that no other
    organisation ever gets one of them."""

    __tablename__ = "organisation_address"
    public = True

    slug: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    since: Mapped[datetime]


class OrganisationRename(Base):
    """A new name that the Charter team looks at: ``made`` stands already, ``waiting`` does not."""

    __tablename__ = "organisation_rename"
    __table_args__ = (
        CheckConstraint(
            "state IN ('made', 'seen', 'waiting', 'accepted', 'declined', 'withdrawn')",
            name="known_state",
        ),
        UniqueConstraint("reference"),
        Index(
            "uq_organisation_rename_waiting", "organisation_id",
            unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING,
        ),
        Index("ix_organisation_rename_queue", "state", "asked_at"),
    )  # fmt: skip
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    before: Mapped[str]
    after: Mapped[str]
    like: Mapped[str] = mapped_column(default="")
    """The name of another organisation that it looks like."""
    state: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))

    organisation: Mapped[Organisation] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> Any:  # noqa: ARG002
        self.answered_at, self.answered_by_id = at, getattr(by, "id", None)
        return self


class Merger(Base):
    """One organisation became part of another."""

    __tablename__ = "merger"
    __table_args__ = (
        CheckConstraint("state IN ('done', 'undone')", name="known_state"),
        CheckConstraint("stays_id <> goes_id", name="two_organisations"),
        UniqueConstraint("reference"),
        Index(
            "uq_merger_gone", "goes_id", unique=True,
            sqlite_where=text("state = 'done'"), postgresql_where=text("state = 'done'"),
        ),
    )  # fmt: skip
    audited = True
    public = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(default=new_reference)
    stays_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    goes_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    state: Mapped[str] = mapped_column(default="done")
    done_at: Mapped[datetime]
    done_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    undo_until: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    memos: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By the name of a MergePart, what it needs to undo.  Ids and roles; it names nobody."""

    stays: Mapped[Organisation] = relationship(foreign_keys=[stays_id])
    goes: Mapped[Organisation] = relationship(foreign_keys=[goes_id])
    done_by: Mapped[Person] = relationship(foreign_keys=[done_by_id])

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> Any:  # noqa: ARG002
        self.undone_at, self.undone_by_id = at, by.id
        return self
