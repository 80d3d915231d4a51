"""Who reads a case, what each reads in it, and what they ask."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from review.models.cases import Case
from review.parts import OVER, STANDING
from web.database import Base
from web.references import new_reference

_STANDING = ", ".join(f"'{state}'" for state in STANDING)
_ALL = ", ".join(f"'{state}'" for state in (*STANDING, *OVER))


class Allocation(Base):
    """One person's part in a case as an assessor."""

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint(f"state IN ({_ALL})", name="known_state"),
        CheckConstraint("part IN ('adult', 'young')", name="known_part"),
        CheckConstraint("(sent_at IS NULL) = (seal IS NULL)", name="sent_is_sealed"),
        Index(
            "uq_allocation_standing",
            "case_id",
            "person_id",
            unique=True,
            sqlite_where=text(f"state IN ({_STANDING})"),
            postgresql_where=text(f"state IN ({_STANDING})"),
        ),
        Index("ix_allocation_person", "person_id", "state"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    part: Mapped[str]
    state: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    """Why they and not another, in a sentence for the Charter team."""
    asked_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    answered_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    """The last day to send the reading."""
    sent_at: Mapped[datetime | None]
    seal: Mapped[str | None]
    """The digest of the whole reading as it was sent: the chain holds it."""
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="allocations")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    readings: Mapped[list["Reading"]] = relationship(
        back_populates="allocation", order_by="Reading.standard"
    )


class Reading(Base):
    """What one assessor reads in one standard.  Sealed with the allocation, once it is sent.

    Saved as it is typed; the seal on the allocation proves what was sent.
    """

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("allocation_id", "standard"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 0 AND 9", name="on_a_scale"),
        CheckConstraint("NOT (does_not_apply AND rating IS NOT NULL)", name="applies_or_not"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    allocation_id: Mapped[int] = mapped_column(ForeignKey(Allocation.id))
    standard: Mapped[str]
    rating: Mapped[int | None]
    does_not_apply: Mapped[bool] = mapped_column(default=False)
    """They agree that it does not."""
    reason: Mapped[str] = mapped_column(default="")
    private_note: Mapped[str] = mapped_column(default="")
    """Theirs alone; taken away a year after the decision."""
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    allocation: Mapped[Allocation] = relationship(back_populates="readings")


class Question(Base):
    """Asked of the organisation about one standard; while one is open, the case's clock stops."""

    __tablename__ = "review_question"
    __table_args__ = (
        CheckConstraint(
            "closed_why IS NULL OR closed_why IN ('answered', 'silence', 'taken back')",
            name="known_end",
        ),
        CheckConstraint("(closed_at IS NULL) = (closed_why IS NULL)", name="closed_for_a_reason"),
    )
    audited = True
    unaudited = ("text", "answer", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    standard: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    """The organisation reads "an assessor"."""
    asked_at: Mapped[datetime]
    text: Mapped[str]
    due_on: Mapped[date]
    extended: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    closed_at: Mapped[datetime | None]
    closed_why: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="questions")
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
