"""What comes of a decision: what it says of each standard, its conditions, and appeals."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from endorsement.models import EssentialFall, EvidenceItem
from review.models.cases import Case
from review.models.panel import Decision
from web.database import Base
from web.references import new_reference


class DecisionStandard(Base):
    """What the panel says of one standard.  It stays, whatever becomes of the report."""

    __tablename__ = "decision_standard"
    __table_args__ = (
        UniqueConstraint("decision_id", "standard"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 0 AND 9", name="on_a_scale"),
        CheckConstraint("NOT (does_not_apply AND rating IS NOT NULL)", name="applies_or_not"),
    )
    audited = True
    unaudited = ("why", "next_step", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id))
    standard: Mapped[str]
    rating: Mapped[int | None]
    does_not_apply: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    decision: Mapped[Decision] = relationship(back_populates="standards")


class Condition(Base):
    """What must still be done by a day.  The panel never sets one for an essential that is below
    its bar; the clock sets one where an essential fell after the award."""

    __tablename__ = "award_condition"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'shown', 'met', 'lapsed', 'dropped')", name="known_state"
        ),
        Index("ix_award_condition_clock", "state", "by_on"),
        UniqueConstraint("decision_id", "fall_id"),
    )
    audited = True
    unaudited = ("what", "shown", "answer", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey(Decision.id), index=True)
    """None: the assessors or a member propose it, and nothing is decided."""
    fall_id: Mapped[int | None] = mapped_column(ForeignKey(EssentialFall.id), index=True)
    """It stands because this essential fell after the award."""
    standard: Mapped[str]
    what: Mapped[str]
    by_on: Mapped[date]
    state: Mapped[str]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    shown: Mapped[str] = mapped_column(default="")
    """What the organisation says shows that it is done."""
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey(EvidenceItem.id))
    shown_at: Mapped[datetime | None]
    shown_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    answer: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship()
    decision: Mapped[Decision | None] = relationship(back_populates="conditions")
    evidence: Mapped[EvidenceItem | None] = relationship()
    fall: Mapped[EssentialFall | None] = relationship()


class Appeal(Base):
    """The organisation asks to look again: first one uninvolved lead assessor, then a panel."""

    __tablename__ = "case_appeal"
    __table_args__ = (
        UniqueConstraint("case_id", "stage"),
        CheckConstraint("stage IN (1, 2)", name="known_stage"),
        CheckConstraint("outcome IS NULL OR outcome IN ('upheld', 'turned down')",
                        name="known_outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered_when"),
    )  # fmt: skip
    audited = True
    unaudited = ("words", "answer", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    stage: Mapped[int]
    words: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    answer_by: Mapped[date]
    answerer_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """The uninvolved lead assessor who hears the first one."""
    outcome: Mapped[str | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="appeals")
