"""An essential that was met when it was sent, and is met no more."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from endorsement.models.submissions import Submission
from web.database import Base

OPEN = "mended_at IS NULL"


class EssentialFall(Base):
    """From the day it was noticed until it is put right, or another record stands in its place."""

    __tablename__ = "essential_fall"
    __table_args__ = (
        CheckConstraint("mended_at IS NULL OR mended_at >= fell_at", name="mended_after_it_fell"),
        Index(
            "uq_essential_fall_open",
            "submission_id",
            "standard",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id), index=True)
    standard: Mapped[str]
    fell_at: Mapped[datetime]
    mended_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship()
