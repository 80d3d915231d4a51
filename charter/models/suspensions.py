"""A pause of a pledge, and the one appeal against it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from charter.models.pledges import Pledge
from web.database import Base

UPHELD, TURNED_DOWN = "upheld", "turned down"


class Suspension(Base):
    """Its reasons stand in the pledge's history, as do those of each look at it."""

    __tablename__ = "suspension"
    __table_args__ = (
        CheckConstraint(
            "appeal_outcome IS NULL OR appeal_outcome IN ('upheld', 'turned down')",
            name="known_outcome",
        ),
        CheckConstraint(
            "(appealed_at IS NULL) = (appeal_answer_by IS NULL)", name="appeal_has_its_day"
        ),
        CheckConstraint(
            "appeal_outcome IS NULL OR appealed_at IS NOT NULL", name="decided_appeal_was_made"
        ),
        CheckConstraint(
            "appeal_decided_by_id IS NULL OR appeal_decided_by_id <> begun_by_id",
            name="decided_by_another",
        ),
        Index(
            "uq_suspension_one",
            "pledge_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_suspension_appeals", "appeal_outcome", "appealed_at"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey(Pledge.id), index=True)
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    appeal_until: Mapped[date]
    """The last day on which the organisation can appeal."""
    ended_at: Mapped[datetime | None]
    appeal: Mapped[str] = mapped_column(default="")
    """In the organisation's words."""
    appealed_at: Mapped[datetime | None]
    appealed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    appeal_answer_by: Mapped[date | None]
    """The last day on which the Charter team answers."""
    appeal_outcome: Mapped[str | None]
    appeal_decided_at: Mapped[datetime | None]
    appeal_decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    pledge: Mapped[Pledge] = relationship(back_populates="suspensions")
    begun_by: Mapped[Person] = relationship(foreign_keys=[begun_by_id])

    @property
    def appeal_waits(self) -> bool:
        return self.appealed_at is not None and self.appeal_outcome is None
