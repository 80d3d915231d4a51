"""A charter session that an organisation asks for, and all that happened to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from charter.sessions.states import ALL_STATES, DATED, OPEN_STATES
from web.database import Base
from web.references import new_reference


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


class CharterSession(Base):
    """No young person's name stands in it: so many trainers, and the adult who comes with them."""

    __tablename__ = "charter_session"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(ALL_STATES)})", name="known_state"),
        CheckConstraint(
            f"state NOT IN ({_listed(DATED)}) OR starts_at IS NOT NULL", name="dated_when"
        ),
        CheckConstraint("state <> 'done' OR came IS NOT NULL", name="done_with_number"),
        Index("ix_charter_session_queue", "state", "asked_at"),
        Index(
            "uq_charter_session_one_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(f"state IN ({_listed(OPEN_STATES)})"),
            postgresql_where=text(f"state IN ({_listed(OPEN_STATES)})"),
        ),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    state: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    wants_session: Mapped[bool]
    """False: it only lets the Charter team know that it is interested in the charter."""
    when_suits: Mapped[str] = mapped_column(default="")
    where_suits: Mapped[str] = mapped_column(default="")
    people: Mapped[int | None]
    """About how many would come."""
    access_needs: Mapped[str] = mapped_column(default="")
    offered_at: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    online: Mapped[bool | None]
    place: Mapped[str] = mapped_column(default="")
    """Where to go, or how to join."""
    trainers: Mapped[int | None]
    """How many young people come."""
    adult: Mapped[str] = mapped_column(default="")
    came: Mapped[int | None]
    """How many took part: a number and nothing more."""
    thanks: Mapped[str] = mapped_column(default="")
    cleared_at: Mapped[datetime | None]
    """When its words were forgotten, long after it was over."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    asked_by: Mapped[Person] = relationship()
    events: Mapped[list["CharterSessionEvent"]] = relationship(
        back_populates="booking", order_by="CharterSessionEvent.id"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "CharterSessionEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return CharterSessionEvent(
            booking=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            note=note,
            by_id=getattr(by, "id", None),
        )


class CharterSessionEvent(Base):
    """One move of a charter session."""

    __tablename__ = "charter_session_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    charter_session_id: Mapped[int] = mapped_column(ForeignKey(CharterSession.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    note: Mapped[str] = mapped_column(default="")

    booking: Mapped[CharterSession] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()
