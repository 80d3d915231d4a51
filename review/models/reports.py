"""The call or visit, the report, what the organisation says of its facts, and moderation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from review.models.cases import Case
from web.database import Base
from web.references import new_reference


class Visit(Base):
    """A call, a drop-in or a visit: never papers alone."""

    __tablename__ = "review_visit"
    __table_args__ = (CheckConstraint("kind IN ('call', 'drop-in', 'visit')", name="known_kind"),)
    audited = True
    unaudited = ("who", "seen", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    kind: Mapped[str]
    on: Mapped[date]
    who: Mapped[str] = mapped_column(default="")
    """Who was there for the steering group, and whom of the place they met, by role."""
    seen: Mapped[str] = mapped_column(default="")
    heard_young_people: Mapped[bool] = mapped_column(default=False)
    young_kept_safe: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Who recorded it says: young assessors went together, a checked adult of the visiting team had
    them in sight, and none of them has a tie to the place."""
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    """None: arranged, and still to come."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="visits")
    sheets: Mapped[list["VisitSheet"]] = relationship(
        back_populates="visit", order_by="VisitSheet.id"
    )


class VisitSheet(Base):
    """A young assessor's own sheet: plain questions, stars, what they saw."""

    __tablename__ = "visit_sheet"
    __table_args__ = (UniqueConstraint("visit_id", "person_id"),)
    audited = True
    unaudited = ("answers", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey(Visit.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By the question's key: ``{"stars": 1 to 5, "words": text}``."""
    minutes: Mapped[int]
    """What they gave of their time."""
    thanked_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    visit: Mapped[Visit] = relationship(back_populates="sheets")
    person: Mapped[Person] = relationship()


class Report(Base):
    """What the assessors found together, and what they recommend."""

    __tablename__ = "review_report"
    audited = True
    unaudited = ("summary", "plain", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), unique=True)
    summary: Mapped[str] = mapped_column(default="")
    plain: Mapped[str] = mapped_column(default="")
    """The same in plain language, for the young members' pack."""
    level: Mapped[str | None]
    """The key of the level they recommend; None: not yet."""
    with_conditions: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    seal: Mapped[str | None]
    """The digest of what was sent to the organisation."""
    facts_answered_at: Mapped[datetime | None]
    """When the organisation answered, or its silence became agreement."""
    moderated_at: Mapped[datetime | None]
    moderated_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="report")
    moderated_by: Mapped[Person | None] = relationship(foreign_keys=[moderated_by_id])
    findings: Mapped[list["Finding"]] = relationship(
        back_populates="report", order_by="Finding.standard"
    )
    fact_points: Mapped[list["FactPoint"]] = relationship(
        back_populates="report", order_by="FactPoint.id"
    )


class Finding(Base):
    """One standard: what the assessors settled on and why, and what moderation made of it."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("report_id", "standard"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 0 AND 9", name="on_a_scale"),
        CheckConstraint(
            "moderated_rating IS NULL OR moderated_rating BETWEEN 0 AND 9",
            name="moderated_on_a_scale",
        ),
        CheckConstraint(
            "looked_at_why IS NULL OR looked_at_why IN ('difference', 'sample', 'asked')",
            name="known_reason",
        ),
    )
    audited = True
    unaudited = ("reason", "next_step", "moderated_reason", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id))
    standard: Mapped[str]
    rating: Mapped[int | None]
    does_not_apply: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    """Where the readings differ: why this one.  The organisation reads it."""
    next_step: Mapped[str] = mapped_column(default="")
    """What the organisation could do next."""
    looked_at_why: Mapped[str | None]
    """Why a lead assessor looks at it: two points apart, a random sample, or somebody asked."""
    moderated_rating: Mapped[int | None]
    moderated_reason: Mapped[str] = mapped_column(default="")
    moderated_at: Mapped[datetime | None]
    moderated_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    report: Mapped[Report] = relationship(back_populates="findings")
    changes: Mapped[list["FindingChange"]] = relationship(
        back_populates="finding", order_by="FindingChange.id"
    )

    @property
    def final(self) -> int | None:
        """What the panel may go by: the moderated rating, else the assessors'."""
        return self.rating if self.moderated_rating is None else self.moderated_rating


class FindingChange(Base):
    """What stood in a finding before it was changed, after the organisation had read the report.

    Until then it is being written, and has no history.
    """

    __tablename__ = "finding_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey(Finding.id), index=True)
    field: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    why: Mapped[str]
    """"fact": a fact was accepted; "report": it came back to the assessors; "read again": others
    read it in the place of somebody with a tie."""

    finding: Mapped[Finding] = relationship(back_populates="changes")


class FactPoint(Base):
    """One fact that the organisation says is wrong, and the assessors' answer.

    While it is not sent, it is the organisation's own draft; nobody else sees it.
    """

    __tablename__ = "fact_point"
    audited = True
    unaudited = ("text", "answer", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id), index=True)
    standard: Mapped[str]
    """Empty: about the report as a whole."""
    text: Mapped[str]
    raised_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    raised_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    report: Mapped[Report] = relationship(back_populates="fact_points")
