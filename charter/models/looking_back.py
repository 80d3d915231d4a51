"""How an organisation did with what it promised the year before: part of its renewal."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from charter.models.pledges import Pledge, PledgeAction
from web.database import Base

HOW = ("kept", "partly", "not yet")


class PledgeOutcome(Base):
    """One earlier action, looked back on.  It belongs to the renewal in which it is written."""

    __tablename__ = "pledge_outcome"
    __table_args__ = (
        CheckConstraint("how IN ('kept', 'partly', 'not yet')", name="known_how"),
        UniqueConstraint("pledge_id", "action_id"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey(Pledge.id))
    """The renewal."""
    action_id: Mapped[int] = mapped_column(ForeignKey(PledgeAction.id), index=True)
    """Of the pledge that is renewed."""
    how: Mapped[str]
    text: Mapped[str]
    """In the organisation's own words."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    pledge: Mapped[Pledge] = relationship(back_populates="outcomes")
    action: Mapped[PledgeAction] = relationship()
    changed_by: Mapped[Person] = relationship()
