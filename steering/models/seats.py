"""The places on the steering group, who holds them and for how long, and who chairs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from web.database import Base
from web.references import new_reference

AGENCY, VOLUNTARY, YOUTH = "agency", "voluntary", "youth"
CONSTITUENCIES = (AGENCY, VOLUNTARY, YOUTH)
"""That there are three is structure; their names and quorums stand in the scheme file."""
MEMBER, DEPUTY = "member", "deputy"
CHAIR, DEPUTY_CHAIR = "chair", "deputy chair"


class Seat(Base):
    """One place of a constituency.  It is there whether or not somebody holds it."""

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint("constituency IN ('agency', 'voluntary', 'youth')", name="known_group"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    constituency: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    """Whom it speaks for: "Example Council".  A youth seat speaks for nobody's employer: empty."""
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    terms: Mapped[list["SeatTerm"]] = relationship(back_populates="seat", order_by="SeatTerm.id")


class SeatTerm(Base):
    """Somebody's time in a seat, as its member or as the deputy, by a recorded decision."""

    __tablename__ = "seat_term"
    __table_args__ = (
        CheckConstraint("part IN ('member', 'deputy')", name="known_part"),
        CheckConstraint("ends_on > began_on", name="ends_after_it_began"),
        Index(
            "uq_seat_term_standing",
            "seat_id",
            "part",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_seat_term_one_each",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    seat_id: Mapped[int] = mapped_column(ForeignKey(Seat.id), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    part: Mapped[str]
    began_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day of the term."""
    decision: Mapped[str]
    """Who decided it and when, as the minutes say it."""
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    seat: Mapped[Seat] = relationship(back_populates="terms")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @property
    def constituency(self) -> str:
        return self.seat.constituency


class Chairing(Base):
    """Somebody's time as the chair or the deputy chair; they hold a seat as well."""

    __tablename__ = "chairing"
    __table_args__ = (
        CheckConstraint("part IN ('chair', 'deputy chair')", name="known_part"),
        CheckConstraint("ends_on > began_on", name="ends_after_it_began"),
        Index(
            "uq_chairing_standing",
            "part",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    part: Mapped[str]
    began_on: Mapped[date]
    ends_on: Mapped[date]
    decision: Mapped[str]
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
