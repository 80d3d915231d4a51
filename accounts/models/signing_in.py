"""Where somebody is signed in, and the passkeys they can show."""

from datetime import datetime
from typing import Any

from flask_security import WebAuthnMixin
from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.people import Person
from web.database import Base
from web.references import new_reference


class Device(Base):
    """One sign-in in one browser.  Gone means signed out: a copied cookie is worth nothing then."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    """Of the secret in the cookie, which stands nowhere else."""
    browser: Mapped[str | None]
    system: Mapped[str | None]
    signed_in_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)
    """To some minutes."""
    must_prove: Mapped[bool] = mapped_column(default=False)
    """They had a second factor when they signed in, so this sign-in counts once it is shown."""
    proved_at: Mapped[datetime | None]
    """When the second factor was shown."""

    person: Mapped[Person] = relationship()


class Passkey(Base, WebAuthnMixin):
    """A key that stays on a phone, a computer or a stick.  We hold its public half."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        return {"id": self.person_id}
