"""The improvement plan, and the help that organisations offer each other."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from web.database import Base


class ImprovementAction(Base):
    """One thing an organisation will do.  It belongs to the organisation and so outlives a year."""

    __tablename__ = "improvement_action"
    __table_args__ = (
        CheckConstraint("what <> ''", name="says_what"),
        CheckConstraint("done_on IS NULL OR dropped_on IS NULL", name="done_or_dropped"),
        Index("ix_improvement_action_plan", "organisation_id", "by_on"),
        Index("ix_improvement_action_due", "by_on"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    standard: Mapped[str]
    """The key of the standard it makes better."""
    what: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    by_on: Mapped[date | None]
    """The day it should be done."""
    young_people: Mapped[str] = mapped_column(default="")
    """How young people are involved."""
    done_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    """How it went, or why it was dropped."""
    planned_at: Mapped[datetime]
    written_at: Mapped[datetime]
    """When its words were last changed."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    written_by: Mapped[Person] = relationship()

    @property
    def open(self) -> bool:
        return self.done_on is None and self.dropped_on is None


class HelpOffer(Base):
    """An organisation that met a standard says, in its own words, that it would help others."""

    __tablename__ = "help_offer"
    __table_args__ = (
        CheckConstraint("words <> ''", name="says_what"),
        Index(
            "uq_help_offer_standing",
            "organisation_id",
            "standard",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_help_offer_standard", "standard"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    standard: Mapped[str]
    words: Mapped[str]
    """What they can offer and how to reach them, as they wish others to read it."""
    offered_at: Mapped[datetime]
    offered_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
