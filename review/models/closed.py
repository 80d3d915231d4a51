"""Weeks in which an organisation is closed, like the summer: its clocks stand still."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from web.database import Base


class ClosedWeek(Base):
    __tablename__ = "closed_week"
    __table_args__ = (UniqueConstraint("organisation_id", "monday"),)
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    monday: Mapped[date]
    """Its first day."""

    organisation: Mapped[Organisation] = relationship()
