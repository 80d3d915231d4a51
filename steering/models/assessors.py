"""Who may be given a case to assess, and until when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from web.database import Base
from web.references import new_reference

ADULT, YOUNG = "adult", "young"


class AssessorTerm(Base):
    """Appointed by a recorded decision; current by training, or until a day (steering.current)."""

    __tablename__ = "assessor_term"
    __table_args__ = (
        CheckConstraint("kind IN ('adult', 'young')", name="known_kind"),
        CheckConstraint("NOT (leads AND kind = 'young')", name="adults_lead"),
        Index(
            "uq_assessor_term_standing",
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
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    kind: Mapped[str]
    leads: Mapped[bool] = mapped_column(default=False)
    """A lead assessor: moderates, and answers first appeals."""
    most_open: Mapped[int | None]
    """Cases at once, where they offered more or fewer than the scheme's usual number."""
    appointed_at: Mapped[datetime]
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decision: Mapped[str]
    current_until: Mapped[date]
    """The last day on which they may be given a case where no training route decides it."""
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
