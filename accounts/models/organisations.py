"""Organisations, who belongs to them and who is invited."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.people import Person
from web.database import Base
from web.references import new_reference

KINDS = ("club", "charity", "council", "school", "faith", "sport", "company", "other")
UNCHECKED, CHECKED, CLOSED = "unchecked", "checked", "closed"
LEAD, EDITOR, VIEWER = "lead", "editor", "viewer"
MEMBER_ROLES = (LEAD, EDITOR, VIEWER)


class Organisation(Base):
    """Registered by anyone with a confirmed address; hidden until the Charter team checked it."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("state IN ('unchecked', 'checked', 'closed')", name="known_state"),
        CheckConstraint("state <> 'checked' OR checked_at IS NOT NULL", name="checked_when"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_when"),
        CheckConstraint("name <> ''", name="has_name"),
        Index("ix_organisation_queue", "state", "created_at"),
    )
    audited = True
    public = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(index=True)
    search_key: Mapped[str]
    kind: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    areas: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the scheme file's areas."""
    volunteer_run: Mapped[bool]
    charity_number: Mapped[str | None] = mapped_column(index=True)
    company_number: Mapped[str | None] = mapped_column(index=True)
    website: Mapped[str | None]
    public_email: Mapped[str | None]
    public_phone: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=UNCHECKED)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    without_lead_since: Mapped[datetime | None] = mapped_column(index=True)
    """Nobody who can be written to leads it: the Charter team looks for somebody."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", order_by="Membership.id"
    )
    projects: Mapped[list["Project"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="organisation", order_by="Project.sort_key"
    )
    invitations: Mapped[list["Invitation"]] = relationship(
        back_populates="organisation", order_by="Invitation.id"
    )

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> Any:  # noqa: ARG002
        """Who did it, and when; the line of "What happened" is accounts.actions.telling's."""
        if self.state == CLOSED:
            self.closed_at, self.closed_by_id = at, by.id
        elif before == CLOSED:
            self.closed_at = self.closed_by_id = None
        else:
            self.checked_at, self.checked_by_id = at, by.id
        return self


class Membership(Base):
    """A person's part in an organisation.  An ended one stays, as history."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role IN ('lead', 'editor', 'viewer')", name="known_role"),
        Index(
            "uq_membership_standing",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    role: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")


class Invitation(Base):
    """Sent to an address.  The link in the mail is made at sending and stands nowhere."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("role IN ('lead', 'editor', 'viewer')", name="known_role"),
        UniqueConstraint("reference"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    email: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    invited_at: Mapped[datetime]
    sent_at: Mapped[datetime] = mapped_column(index=True)
    """When the mail last went into the outbox: what the daily limit counts."""
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(back_populates="invitations")
    invited_by: Mapped[Person] = relationship(foreign_keys=[invited_by_id])
