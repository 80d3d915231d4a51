"""Learning platforms, what they sent, and what an officer says that it means."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from web.database import Base
from web.references import new_reference

WAITING, KEPT, LEFT = "waiting", "kept", "left"
"""It waits for an officer; it became a record, or is one that stood; it says nothing of use."""


class LearningPlatform(Base):
    """A machine with a token of its own.  Of the token only a digest is held."""

    __tablename__ = "learning_platform"
    audited = True
    unaudited = ("last_used_on",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    name: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    revoked_at: Mapped[datetime | None]
    last_used_on: Mapped[date | None]

    issued_by: Mapped[Person] = relationship()

    @property
    def stands(self) -> bool:
        return self.revoked_at is None


class LearningActivity(Base):
    """A course of a platform.  An officer says which module it is, once for all."""

    __tablename__ = "learning_activity"
    __table_args__ = (
        UniqueConstraint("platform_id", "address"),
        CheckConstraint("(mapped_at IS NULL) = (mapped_by_id IS NULL)", name="mapped_by_somebody"),
        CheckConstraint("mapped_at IS NOT NULL OR module = ''", name="module_is_mapped"),
        CheckConstraint("module <> '' OR NOT trusted", name="only_a_module_is_trusted"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    platform_id: Mapped[int] = mapped_column(ForeignKey(LearningPlatform.id))
    address: Mapped[str]
    """Its IRI."""
    name: Mapped[str] = mapped_column(default="")
    module: Mapped[str] = mapped_column(default="")
    """Empty, once it is mapped: it is none of ours."""
    trusted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """What the platform says of it counts without another look."""
    seen_at: Mapped[datetime]
    mapped_at: Mapped[datetime | None]
    mapped_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)

    platform: Mapped[LearningPlatform] = relationship()
    mapped_by: Mapped[Person | None] = relationship()


class LearningActor(Base):
    """Somebody as a platform names them.  Who it is an address tells, or an officer."""

    __tablename__ = "learning_actor"
    __table_args__ = (
        UniqueConstraint("platform_id", "kind", "value"),
        CheckConstraint("settled_at IS NOT NULL OR person_id IS NULL", name="known_is_settled"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    platform_id: Mapped[int] = mapped_column(ForeignKey(LearningPlatform.id))
    kind: Mapped[str]
    value: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    seen_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When it was known who they are, or that they are nobody of ours."""
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """The officer; nobody where the address told it."""

    platform: Mapped[LearningPlatform] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])


class LearningStatement(Base):
    """One statement: its id, so that it counts once, and what of it is of use.  No more is kept."""

    __tablename__ = "learning_statement"
    __table_args__ = (
        UniqueConstraint("platform_id", "statement"),
        CheckConstraint("state IN ('waiting', 'kept', 'left')", name="known_state"),
        CheckConstraint(
            "state <> 'waiting' OR (activity_id IS NOT NULL AND actor_id IS NOT NULL)",
            name="waits_for_something",
        ),
        Index("ix_learning_statement_waiting", "state", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(ForeignKey(LearningPlatform.id))
    statement: Mapped[str]
    """Its UUID."""
    digest: Mapped[str]
    state: Mapped[str]
    day: Mapped[date]
    received_at: Mapped[datetime]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey(LearningActivity.id), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(LearningActor.id), index=True)

    platform: Mapped[LearningPlatform] = relationship()
    activity: Mapped[LearningActivity | None] = relationship()
    actor: Mapped[LearningActor | None] = relationship()


__all__: Any = [
    "KEPT",
    "LEFT",
    "WAITING",
    "LearningActivity",
    "LearningActor",
    "LearningPlatform",
    "LearningStatement",
]
