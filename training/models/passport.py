"""A private link by which somebody shows their training, and when it was looked at."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.models.practitioners import Practitioner
from web.database import Base
from web.references import new_reference


class PassportLink(Base):
    """What it shows is chosen once; what stands there is always today's truth."""

    __tablename__ = "passport_link"
    __table_args__ = (
        CheckConstraint("made_at < ends_at", name="ends_after_it_was_made"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= made_at", name="withdrawn_later"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    """Signed, it is in the link (training.passport.links)."""
    practitioner_id: Mapped[int] = mapped_column(ForeignKey(Practitioner.id), index=True)
    for_whom: Mapped[str] = mapped_column(default="")
    """The owner's own note; nobody else reads it."""
    shows: Mapped[list[str]] = mapped_column(JSON)
    """Codes of modules, or training.passport.showing's words for more."""
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    practitioner: Mapped[Practitioner] = relationship()
    visits: Mapped[list["PassportVisit"]] = relationship(
        order_by="PassportVisit.id.desc()", cascade="all, delete-orphan"
    )

    def works(self, at: datetime) -> bool:
        return self.withdrawn_at is None and at < self.ends_at


class PassportVisit(Base):
    """Somebody opened the link: when, and nothing of who."""

    __tablename__ = "passport_visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey(PassportLink.id), index=True)
    at: Mapped[datetime]
