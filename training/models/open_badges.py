"""Somebody else's Open Badge that came with a record: what it says, and what we found."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.models.records import TrainingRecord
from web.credentials.foreign import Outcome
from web.database import Base

_KNOWN = ", ".join(f"'{outcome.value}'" for outcome in Outcome)


class SentBadge(Base):
    """The file itself is not kept: its owner has it."""

    __tablename__ = "sent_badge"
    __table_args__ = (CheckConstraint(f"outcome IN ({_KNOWN})", name="known_outcome"),)
    audited = True

    record_id: Mapped[int] = mapped_column(ForeignKey(TrainingRecord.id), primary_key=True)
    outcome: Mapped[str]
    issuer: Mapped[str]
    issuer_name: Mapped[str]
    title: Mapped[str]
    names: Mapped[str]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    looked_at: Mapped[datetime]

    record: Mapped[TrainingRecord] = relationship(back_populates="badge")
