"""Somebody's round through the practice case."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from web.database import Base


class PracticeSitting(Base):
    """Sent once; it counts as the shadowed case of a founding assessor."""

    __tablename__ = "practice_sitting"
    __table_args__ = (
        UniqueConstraint("person_id", "code"),
        CheckConstraint("part IN ('adult', 'young')", name="known_part"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    code: Mapped[str]
    part: Mapped[str]
    began_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    readings: Mapped[list["PracticeReading"]] = relationship(
        back_populates="sitting", order_by="PracticeReading.standard"
    )


class PracticeReading(Base):
    """What they say of one standard of it."""

    __tablename__ = "practice_reading"
    __table_args__ = (
        UniqueConstraint("sitting_id", "standard"),
        CheckConstraint("rating BETWEEN 0 AND 9", name="on_a_scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey(PracticeSitting.id))
    standard: Mapped[str]
    rating: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")

    sitting: Mapped[PracticeSitting] = relationship(back_populates="readings")
