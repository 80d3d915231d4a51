"""The chain holds ids and keyed digests; values sit apart, to be erased while the proof stays."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from web.database import Base


class AuditEntry(Base):
    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(index=True)
    """``person:7``, or ``system:`` and the name of a job or command."""
    verb: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    """``pledge:12``: a table and a row's id, never a name."""
    digests: Mapped[dict[str, str]] = mapped_column(JSON)
    previous: Mapped[str]
    seal: Mapped[str]


class AuditValue(Base):
    """What a field held.  Purged by its own retention; the digest in the chain stays."""

    __tablename__ = "audit_value"

    entry_number: Mapped[int] = mapped_column(ForeignKey(AuditEntry.number), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    after: Mapped[Any] = mapped_column(JSON)
    """What it held before stands with an earlier entry of the same subject."""


class AuditHead(Base):
    """One row: the last entry's number and seal.  Locked while an entry is appended."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    seal: Mapped[str]
    proof: Mapped[str]
    """That the portal named this entry last: a keyed digest of both."""
