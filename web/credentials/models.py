"""The keys that sign, and what was signed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base
from web.references import new_reference
from web.unchanging import keep

IN_USE, RETIRED, STOLEN = "in use", "retired", "stolen"


class SigningKey(Base):
    """A pair of keys (Ed25519).  Its private half goes when it signs no more."""

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("state IN ('in use', 'retired', 'stolen')", name="known_state"),
        CheckConstraint("(state = 'in use') = (ended_at IS NULL)", name="ended_when_not_in_use"),
        CheckConstraint("(state = 'in use') = (secret <> '')", name="secret_while_in_use"),
    )
    audited = True
    public = True
    secret_fields = ("secret",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    """Its name in the address that proofs give: ``did:web:…#7K3M-Q2PX``."""
    state: Mapped[str] = mapped_column(default=IN_USE)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    public_pem: Mapped[str]
    secret: Mapped[str]
    """The private half, encrypted (web.credentials.keys)."""


class Credential(Base):
    """One signed document.  It never changes; it can be revoked, and its words be taken away."""

    __tablename__ = "credential"
    __table_args__ = (
        UniqueConstraint("list_number", "list_index"),
        CheckConstraint("(revoked_at IS NULL) = (reason = '')", name="revoked_with_a_reason"),
        CheckConstraint("document IS NOT NULL OR revoked_at IS NOT NULL", name="forgotten_revoked"),
        Index("ix_credential_holder", "kind", "holder"),
    )
    audited = True
    secret_fields = ("document",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    """What it is for, in the words of the package that issued it."""
    holder: Mapped[str]
    """Whose it is: a table and a row's id, as the audit chain names things."""
    achievement: Mapped[str]
    """Which of the kind's achievements, by its key."""
    title: Mapped[str]
    """The achievement's name: public, at the credential's own address."""
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """As it was signed.  Nothing: whom it names was erased."""
    key_id: Mapped[int] = mapped_column(ForeignKey(SigningKey.id), index=True)
    list_number: Mapped[int]
    list_index: Mapped[int]
    """Its bit in the public status list."""
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was revoked, in a sentence for whoever checks it."""

    key: Mapped[SigningKey] = relationship()

    def runs(self, at: datetime) -> bool:
        """Neither revoked nor past its end."""
        return self.revoked_at is None and (self.valid_until is None or self.valid_until > at)


keep(Credential, moves=("revoked_at", "reason"), emptied={"document": None})
