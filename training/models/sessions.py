"""Training sessions and their bookings, with all that happened to both."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from training.models.practitioners import Practitioner
from training.models.records import _listed
from training.sessions.states import BOOKING_STATES, SESSION_STATES
from web.database import Base
from web.references import new_reference


class TrainingSession(Base):
    """A day on which modules are taught.  Its row is held while anybody books or cancels."""

    __tablename__ = "training_session"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(SESSION_STATES)})", name="known_state"),
        CheckConstraint("capacity > 0", name="has_places"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_begins"),
        CheckConstraint("organisation_id IS NOT NULL OR open_to_all", name="programme_is_for_all"),
        Index("ix_training_session_coming", "state", "starts_at"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    code: Mapped[str] = mapped_column(unique=True, default=new_reference)
    """Shown in the room: whoever opens it says that they are there."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    """Who gives it; None: the programme."""
    title: Mapped[str]
    modules: Mapped[list[str]] = mapped_column(JSON)
    """Their codes, which keep their meaning; with training.records.entered.UPDATE the update."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    """Only who has a place sees it."""
    capacity: Mapped[int]
    access_notes: Mapped[str] = mapped_column(default="")
    open_to_all: Mapped[bool]
    """Otherwise only people of the organisation see it."""
    state: Mapped[str]
    offered_at: Mapped[datetime]
    offered_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    cleared_at: Mapped[datetime | None]
    """When who came was forgotten."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation | None] = relationship()
    offered_by: Mapped[Person] = relationship()
    bookings: Mapped[list["TrainingBooking"]] = relationship(
        back_populates="training_session", order_by="TrainingBooking.id"
    )
    events: Mapped[list["TrainingSessionEvent"]] = relationship(
        back_populates="training_session", order_by="TrainingSessionEvent.id"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "TrainingSessionEvent":
        return TrainingSessionEvent(
            training_session=self, verb=verb, before=before, after=self.state, at=at, note=note,
            by_id=getattr(by, "id", None),
        )  # fmt: skip


class TrainingSessionEvent(Base):
    """One step of a session."""

    __tablename__ = "training_session_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(TrainingSession.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    note: Mapped[str] = mapped_column(default="")

    training_session: Mapped[TrainingSession] = relationship(back_populates="events")


class TrainingBooking(Base):
    """Somebody's place, or their turn in the waiting list.  One stands at most."""

    __tablename__ = "training_booking"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(BOOKING_STATES)})", name="known_state"),
        Index(
            "uq_training_booking_standing",
            "session_id",
            "practitioner_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("ix_training_booking_queue", "session_id", "state", "asked_at"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    session_id: Mapped[int] = mapped_column(ForeignKey(TrainingSession.id))
    practitioner_id: Mapped[int] = mapped_column(ForeignKey(Practitioner.id), index=True)
    state: Mapped[str]
    asked_at: Mapped[datetime]
    """Who asked first comes first."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    training_session: Mapped[TrainingSession] = relationship(back_populates="bookings")
    practitioner: Mapped[Practitioner] = relationship(back_populates="bookings")
    asked_by: Mapped[Person] = relationship()
    events: Mapped[list["TrainingBookingEvent"]] = relationship(
        back_populates="booking", order_by="TrainingBookingEvent.id"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "TrainingBookingEvent":
        return TrainingBookingEvent(
            booking=self, verb=verb, before=before, after=self.state, at=at, note=note,
            by_id=getattr(by, "id", None),
        )  # fmt: skip


class TrainingBookingEvent(Base):
    """One step of a booking."""

    __tablename__ = "training_booking_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey(TrainingBooking.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Nobody: the portal gave the place."""
    note: Mapped[str] = mapped_column(default="")

    booking: Mapped[TrainingBooking] = relationship(back_populates="events")
