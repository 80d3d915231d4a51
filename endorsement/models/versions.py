"""The framework's versions.  A published one never changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from endorsement.framework import Framework
from web.database import Base

_made: dict[str, Framework] = {}
"""By fingerprint: a version never changes, so it is put together once in a process."""


class FrameworkVersion(Base):
    """One document, kept whole: nothing in the database points into it but by a standard's key."""

    __tablename__ = "framework_version"
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
    """All of it, as ``endorsement.framework.Framework`` reads and writes it.  Read only when it is
    asked for: it is large, and lists have the same version beside every row."""
    published_at: Mapped[datetime]
    agreed_by: Mapped[str | None]
    agreed_on: Mapped[date | None]
    fingerprint: Mapped[str]
    """SHA-256 of what the file says: the same text loaded again changes nothing."""

    @property
    def framework(self) -> Framework:
        if self.fingerprint not in _made:
            _made[self.fingerprint] = Framework.model_validate(self.text, strict=False)
        return _made[self.fingerprint]

    @property
    def example_text(self) -> bool:
        """Until a version carries "agreed by [group], [date]" no award is made on it."""
        return self.agreed_on is None
