"""The pathways' versions.  A published one never changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.pathways import Pathways
from web.database import Base

_made: dict[str, Pathways] = {}
"""By fingerprint: a version never changes, so it is put together once in a process."""


class PathwayVersion(Base):
    """One document, kept whole: nothing in the database points into it but by a module's or a
    role's key."""

    __tablename__ = "pathway_version"
    __table_args__ = (
        CheckConstraint("(agreed_by IS NULL) = (agreed_on IS NULL)", name="agreed_by_and_when"),
    )
    audited = True
    public = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    """The address it lives at: "2026"."""
    title: Mapped[str]
    language: Mapped[str]
    text: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    """All of it, as ``training.pathways.Pathways`` reads and writes it.  Read only when it is asked
    for: it is large, and nearly every page of training loads the version."""
    published_at: Mapped[datetime]
    agreed_by: Mapped[str | None]
    agreed_on: Mapped[date | None]
    fingerprint: Mapped[str]
    """SHA-256 of what the file says: the same text loaded again changes nothing."""

    @property
    def pathways(self) -> Pathways:
        if self.fingerprint not in _made:
            _made[self.fingerprint] = Pathways.model_validate(self.text, strict=False)
        return _made[self.fingerprint]

    @property
    def example_text(self) -> bool:
        """Until a version carries "agreed by [group], [date]"."""
        return self.agreed_on is None
