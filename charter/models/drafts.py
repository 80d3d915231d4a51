"""A version of the charter while it is written, and what the youth group said to it.

A draft stands apart from the published versions: no public page can find it by mistake.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from charter.models.versions import CharterVersion
from charter.versions.states import ALL_STATES, OPEN_STATES
from web.database import Base


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


class CharterDraft(Base):
    """One at a time in a language: two officers who begin at once meet in it."""

    __tablename__ = "charter_draft"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(ALL_STATES)})", name="known_state"),
        CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)", name="published_as_a_version"
        ),
        Index(
            "uq_charter_draft_one_open",
            "language",
            unique=True,
            sqlite_where=text(f"state IN ({_listed(OPEN_STATES)})"),
            postgresql_where=text(f"state IN ({_listed(OPEN_STATES)})"),
        ),
    )
    audited = True
    unaudited = ("edit",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    code: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    language: Mapped[str]
    based_on_id: Mapped[int] = mapped_column(ForeignKey(CharterVersion.id))
    version_id: Mapped[int | None] = mapped_column(ForeignKey(CharterVersion.id))
    """What it was published as."""
    began_at: Mapped[datetime]
    began_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    edit: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": edit}

    based_on: Mapped[CharterVersion] = relationship(foreign_keys=[based_on_id])
    version: Mapped[CharterVersion | None] = relationship(foreign_keys=[version_id])
    began_by: Mapped[Person] = relationship()
    commitments: Mapped[list["DraftCommitment"]] = relationship(
        back_populates="draft",
        order_by="DraftCommitment.number, DraftCommitment.id",
        cascade="all, delete-orphan",
    )
    approvals: Mapped[list["YouthApproval"]] = relationship(
        back_populates="draft", order_by="YouthApproval.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["DraftEvent"]] = relationship(
        back_populates="draft", order_by="DraftEvent.id", cascade="all, delete-orphan"
    )

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> "DraftEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return DraftEvent(
            draft=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            note=note,
            by_id=by.id,
        )


class DraftCommitment(Base):
    """A commitment as it is being written.  Its key, and with it its sign, never changes."""

    __tablename__ = "draft_commitment"
    __table_args__ = (UniqueConstraint("draft_id", "key"),)
    audited = True
    unaudited = ("edit",)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(CharterDraft.id))
    number: Mapped[int]
    key: Mapped[str]
    colour: Mapped[int]
    """As in a published one (charter.models.versions)."""
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
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    edit: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": edit}

    draft: Mapped[CharterDraft] = relationship(back_populates="commitments")
    changed_by: Mapped[Person] = relationship()


class YouthApproval(Base):
    """A group of young people agreed this exact text.  No young person is named here."""

    __tablename__ = "youth_approval"
    __table_args__ = (CheckConstraint("took_part >= 1", name="somebody_took_part"),)
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(CharterDraft.id), index=True)
    group_name: Mapped[str]
    agreed_on: Mapped[date]
    took_part: Mapped[int]
    for_it: Mapped[int]
    """How many of them said yes."""
    how: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str]
    """Of the text they agreed (charter.versions.text); after a change it is no longer the same."""
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))

    draft: Mapped[CharterDraft] = relationship(back_populates="approvals")
    recorded_by: Mapped[Person] = relationship()


class DraftEvent(Base):
    """One move of a draft.  Never changed."""

    __tablename__ = "charter_draft_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(CharterDraft.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    note: Mapped[str] = mapped_column(default="")

    draft: Mapped[CharterDraft] = relationship(back_populates="events")
    by: Mapped[Person] = relationship()
