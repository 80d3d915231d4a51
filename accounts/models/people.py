"""People with an account, and the roles they are appointed to."""

from datetime import datetime
from typing import Any

from flask_security import UserMixin
from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base

OFFICER, DATA_PROTECTION = "officer", "data protection"
SAFEGUARDING = "safeguarding"
ASSESSOR, YOUNG_ASSESSOR, LEAD_ASSESSOR = "assessor", "young assessor", "lead assessor"
STEERING_GROUP, CHAIR = "steering group", "chair"
GROUP_ROLES = (ASSESSOR, YOUNG_ASSESSOR, LEAD_ASSESSOR, STEERING_GROUP, CHAIR)
"""They come and go with a term (steering), never by themselves."""
NOBODYS = "@seats.invalid"
"""Stands where an account has no mailbox: a young person's seat.  No mail ever goes there."""
ROLES = (OFFICER, DATA_PROTECTION, SAFEGUARDING, *GROUP_ROLES)
_ROLES = ", ".join(f"'{role}'" for role in ROLES)


class Person(Base, UserMixin):
    """An account.  The library that signs people in (Flask-Security) fixes some of the names."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "erased_at IS NULL OR (NOT active AND password IS NULL)", name="erased_is_out"
        ),
    )
    audited = True
    unaudited = (
        "last_used_at",
        "download_offered_at",
        "us_totp_secrets",
        "us_phone_number",
        "tf_totp_secret",
        "tf_primary_method",
        "tf_last_counter",
        "tf_added_at",
        "mf_recovery_codes",
        "fs_webauthn_user_handle",
        "version",
    )
    secret_fields = ("password", "fs_uniquifier")

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    """The main one: mails go there.  Lower case, as the library normalises it."""
    second_email: Mapped[str | None] = mapped_column(unique=True)
    """Opens the account too.  It stands here once it is confirmed."""
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The mailbox is a club's, and several people read it (accounts.addresses.rules)."""
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    """Stands in the session cookie: a new one ends every session."""
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    download_offered_at: Mapped[datetime | None]
    """When we wrote that the account will be deleted because nobody uses it."""
    erased_at: Mapped[datetime | None]
    """The row stays, without its words: others' records point to it (accounts.erasing)."""
    us_totp_secrets: Mapped[str | None]
    us_phone_number: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    """The authenticator app's, encrypted (accounts.sign_in.keys)."""
    tf_primary_method: Mapped[str | None]
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    """The half minute of the last code that was used: none works twice."""
    tf_added_at: Mapped[datetime | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    memberships: Mapped[list["Membership"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="person", order_by="Membership.id"
    )
    appointments: Mapped[list["Appointment"]] = relationship(
        back_populates="person", order_by="Appointment.id", foreign_keys="Appointment.person_id"
    )

    taken: Mapped[list["TakenAddress"]] = relationship(
        order_by="TakenAddress.email", cascade="all, delete-orphan"
    )

    webauthn: Mapped[list["Passkey"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="person", order_by="Passkey.id", cascade="all, delete-orphan"
    )

    @property
    def emails(self) -> list[str]:
        """Every address that opens the account, the main one first."""
        return [email for email in (self.email, self.second_email) if email]

    @property
    def has_mailbox(self) -> bool:
        """Not so for a young person's seat, which is opened by a chosen name (steering.youth)."""
        return not self.email.endswith(NOBODYS)

    def has_role(self, role: str) -> bool:  # type: ignore[override]
        """Whether an appointment to the role stands."""
        return any(a.role == role and a.ended_at is None for a in self.appointments)


class TakenAddress(Base):
    """Every address of every account, so that none is two people's, as a main or a second one.

    It follows Person.email and Person.second_email by itself (accounts.models.addresses).
    """

    __tablename__ = "taken_address"

    email: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)


class Appointment(Base):
    """A role in the programme, given by somebody on a day, and perhaps ended."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(f"role IN ({_ROLES})", name="known_role"),
        Index(
            "uq_appointment_standing",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    role: Mapped[str]
    appointed_at: Mapped[datetime]
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Nobody: appointed from the command line."""
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="appointments", foreign_keys=[person_id])
