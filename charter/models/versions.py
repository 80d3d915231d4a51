"""The charter's versions.  A published one never changes."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base


class CharterVersion(Base):
    __tablename__ = "charter_version"
    __table_args__ = (
        CheckConstraint("(agreed_by IS NULL) = (agreed_on IS NULL)", name="agreed_by_and_when"),
    )
    audited = True
    public = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    """The address it lives at: "2026"."""
    title: Mapped[str]
    summary: Mapped[str]
    language: Mapped[str]
    published_at: Mapped[datetime]
    agreed_by: Mapped[str | None]
    agreed_on: Mapped[date | None]
    fingerprint: Mapped[str]
    """SHA-256 of the file it came from: the same file loaded again changes nothing."""

    commitments: Mapped[list["Commitment"]] = relationship(
        back_populates="charter_version", order_by="Commitment.number"
    )

    @property
    def example_text(self) -> bool:
        """Until a version carries "agreed by [group], [date]" no pledge to it is confirmed."""
        return self.agreed_on is None


class Commitment(Base):
    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("charter_version_id", "number"),
        CheckConstraint("colour >= 1", name="has_colour"),
        UniqueConstraint("charter_version_id", "key"),
    )
    audited = True
    public = True

    id: Mapped[int] = mapped_column(primary_key=True)
    charter_version_id: Mapped[int] = mapped_column(ForeignKey(CharterVersion.id))
    number: Mapped[int]
    key: Mapped[str]
    """Names its sign, which stays with it everywhere, as its colour does."""
    colour: Mapped[int]
    """Which of the scheme's colours, counted from 1: also when the commitment changes its place."""
    title: Mapped[str]
    explanation: Mapped[str]
    know: Mapped[list[str]] = mapped_column(JSON)
    questions: Mapped[list[str]] = mapped_column(JSON)
    easy_title: Mapped[str]
    easy: Mapped[list[str]] = mapped_column(JSON)
    asks: Mapped[str]
    examples: Mapped[list[str]] = mapped_column(JSON)
    weak_action: Mapped[str]
    weak_why: Mapped[str]

    charter_version: Mapped[CharterVersion] = relationship(back_populates="commitments")
