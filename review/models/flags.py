"""A safeguarding flag: for its own circle alone.  While one is open, it holds the case."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from review.models.cases import Case
from web.database import Base
from web.references import new_reference


class Flag(Base):
    """Its words are in no pack, fact check, trail or download; the chain holds only that it is."""

    __tablename__ = "safeguarding_flag"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        Index("ix_safeguarding_flag_open", "case_id", "closed_at"),
    )
    audited = True
    unaudited = ("words", "outcome", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    raised_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    raised_at: Mapped[datetime]
    words: Mapped[str]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    outcome: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="flags")
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
