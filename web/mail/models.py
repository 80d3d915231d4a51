"""One row a mail, written in the transaction that causes it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from web.database import Base


class OutboxMail(Base):
    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_waiting", "sent_at", "gave_up_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """Stands in the Message-ID, so that a mail sent twice is known as one."""
    kind: Mapped[str]
    """The template: templates/mail/<kind>.txt."""
    person_id: Mapped[int | None] = mapped_column(index=True)
    address: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the template needs.  Never a link that lets somebody in: those are made at sending."""
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    subject: Mapped[str | None]
    body: Mapped[str | None]
    """What the person sees under "messages we sent you": secrets read [link removed]."""
    forgotten_at: Mapped[datetime | None]
    """When its words, facts and address were taken away."""


class ExampleMail(Base):
    """The example mailbox: the whole mail, links and all.  Filled in example mode only."""

    __tablename__ = "example_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    sent_at: Mapped[datetime]


class DigestReader(Base):
    """How one person is reminded.  Its row is the lock under which they are told."""

    __tablename__ = "digest_reader"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_at: Mapped[datetime | None]
    off_since: Mapped[datetime | None]
    """Since when they want no reminders."""


class ToldReminder(Base):
    """Each reminder is told to a person once."""

    __tablename__ = "told_reminder"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(index=True)
