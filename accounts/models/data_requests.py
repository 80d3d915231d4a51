"""What people ask about their data, or complain about, and how it was answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.people import Person
from web.database import Base
from web.references import new_reference

SEE, CORRECT, ERASE, OBJECT, COMPLAIN = "see", "correct", "erase", "object", "complain"
REQUEST_KINDS = (SEE, CORRECT, ERASE, OBJECT, COMPLAIN)
RECEIVED, ACKNOWLEDGED, ANSWERED = "received", "acknowledged", "answered"
REFUSED, TAKEN_BACK = "refused", "withdrawn"
REQUEST_STATES = (RECEIVED, ACKNOWLEDGED, ANSWERED, REFUSED, TAKEN_BACK)
OPEN_REQUESTS = (RECEIVED, ACKNOWLEDGED)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class DataRequest(Base):
    """Sent by anybody, with or without an account."""

    __tablename__ = "data_request"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_listed(REQUEST_KINDS)})", name="known_kind"),
        CheckConstraint(f"state IN ({_listed(REQUEST_STATES)})", name="known_state"),
        Index("ix_data_request_queue", "state", "received_at"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    kind: Mapped[str]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    words: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Who was signed in when it was sent."""
    confirmed_at: Mapped[datetime | None]
    """When whoever reads that mailbox said that it comes from them."""
    state: Mapped[str] = mapped_column(default=RECEIVED)
    received_at: Mapped[datetime]
    acknowledge_by: Mapped[date]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    person: Mapped[Person | None] = relationship()
    events: Mapped[list["DataRequestEvent"]] = relationship(
        back_populates="request", order_by="DataRequestEvent.id"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "DataRequestEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return DataRequestEvent(
            request=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            note=note,
            by_id=getattr(by, "id", None),
        )


class DataRequestEvent(Base):
    """One step.  Never changed."""

    __tablename__ = "data_request_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(DataRequest.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Nobody: whoever sent the request."""
    note: Mapped[str] = mapped_column(default="")

    request: Mapped[DataRequest] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()
