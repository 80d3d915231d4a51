"""An organisation's self-assessment: what it says of each standard, and how that came about."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from endorsement.framework import Framework
from endorsement.models.versions import FrameworkVersion
from web.database import Base

KEPT, SENT, ENDED = "kept", "sent", "ended"
TEXTS = ("reason", "shown_by", "voices")


class Assessment(Base):
    """One at a time is open; the next year's is a row of its own, begun from this one's answers."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("carried_from_id <> id", name="carried_from_another"),
        Index(
            "uq_assessment_one_open",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey(FrameworkVersion.id))
    track: Mapped[str]
    """The key of one of the framework's tracks."""
    four_tuesdays: Mapped[bool]
    """The pages lead through the framework's first steps, evening by evening."""
    began_at: Mapped[datetime]
    began_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    ended_at: Mapped[datetime | None]
    """Since then it stays as it is: another one goes on from it."""
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    framework_version: Mapped[FrameworkVersion] = relationship()
    carried_from: Mapped["Assessment | None"] = relationship(remote_side="Assessment.id")
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="assessment", order_by="Answer.standard"
    )
    points: Mapped[list["QualityPoint"]] = relationship(
        back_populates="assessment", order_by="QualityPoint.id"
    )

    @property
    def framework(self) -> Framework:
        return self.framework_version.framework


class Answer(Base):
    """What an organisation says of one standard.

    The texts are saved as they are typed.  The chain holds one entry a sitting for them, not
    every pause of a hand: what was sent is proved by the submission's own hashes.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("assessment_id", "standard"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 0 AND 9", name="on_a_scale"),
        CheckConstraint("NOT (does_not_apply AND rating IS NOT NULL)", name="applies_or_not"),
    )
    audited = True
    unaudited = (*TEXTS, "changed_at", "changed_by_id", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id), index=True)
    standard: Mapped[str]
    """Its key in the framework: "B2"."""
    rating: Mapped[int | None]
    does_not_apply: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    """Why this point, or why it does not apply."""
    shown_by: Mapped[str] = mapped_column(default="")
    """What shows it, in a line or two: the first evidence, before any file."""
    at_visit: Mapped[bool] = mapped_column(default=False)
    """"We will show this at the visit"."""
    voices: Mapped[str] = mapped_column(default="")
    """What young people say about it, as the organisation recorded it."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    assessment: Mapped[Assessment] = relationship(back_populates="answers")
    changed_by: Mapped[Person] = relationship()
    changes: Mapped[list["AnswerChange"]] = relationship(
        back_populates="answer", order_by="AnswerChange.id"
    )


class AnswerChange(Base):
    """One field, one person, one sitting: what stood there before, and what they left."""

    __tablename__ = "answer_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey(Answer.id), index=True)
    field: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    began_at: Mapped[datetime]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))

    answer: Mapped[Answer] = relationship(back_populates="changes")
    by: Mapped[Person] = relationship()


class QualityPoint(Base):
    """The ratings on one day, kept for the picture of how far an organisation has come."""

    __tablename__ = "quality_point"
    __table_args__ = (CheckConstraint("why IN ('kept', 'sent', 'ended')", name="known_why"),)
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id), index=True)
    at: Mapped[datetime]
    why: Mapped[str]
    ratings: Mapped[dict[str, int | None]] = mapped_column(JSON)
    """By the standard's key; None where it does not apply.  Blanks are left out."""
    level: Mapped[str | None]
    """The key of the level they reach."""
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))

    assessment: Mapped[Assessment] = relationship(back_populates="points")
