"""A version of the framework while it is written, and what the steering group said to it.

A draft stands apart from the published versions: no public page can find it by mistake.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from endorsement.drafting.states import ALL_STATES, OPEN_STATES
from endorsement.models.versions import FrameworkVersion
from web.database import Base


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


class FrameworkDraft(Base):
    """One at a time: two officers who begin at once meet in it."""

    __tablename__ = "framework_draft"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(ALL_STATES)})", name="known_state"),
        CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)", name="published_as_a_version"
        ),
        Index(
            "uq_framework_draft_one_open",
            "one",
            unique=True,
            sqlite_where=text(f"state IN ({_listed(OPEN_STATES)})"),
            postgresql_where=text(f"state IN ({_listed(OPEN_STATES)})"),
        ),
    )
    audited = True
    unaudited = ("edit", "one")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    code: Mapped[str]
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
    """All of it as its file would say it, and always one that could be read: a change that would
    break it is refused.  Who agreed it is not in it (``framework.writing.as_data``)."""
    based_on_id: Mapped[int] = mapped_column(ForeignKey(FrameworkVersion.id))
    version_id: Mapped[int | None] = mapped_column(ForeignKey(FrameworkVersion.id))
    """What it was published as."""
    began_at: Mapped[datetime]
    began_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    one: Mapped[int] = mapped_column(default=1)
    """The same in every row: of open drafts there is one."""
    edit: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": edit}

    based_on: Mapped[FrameworkVersion] = relationship(foreign_keys=[based_on_id])
    version: Mapped[FrameworkVersion | None] = relationship(foreign_keys=[version_id])
    began_by: Mapped[Person] = relationship(foreign_keys=[began_by_id])
    changed_by: Mapped[Person] = relationship(foreign_keys=[changed_by_id])
    approvals: Mapped[list["FrameworkApproval"]] = relationship(
        back_populates="draft", order_by="FrameworkApproval.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["FrameworkDraftEvent"]] = relationship(
        back_populates="draft", order_by="FrameworkDraftEvent.id", cascade="all, delete-orphan"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "FrameworkDraftEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return FrameworkDraftEvent(
            draft=self, verb=verb, before=before, after=self.state, at=at, note=note, by_id=by.id
        )


class FrameworkApproval(Base):
    """The steering group agreed this exact text at a meeting.

    The database itself refuses one without somebody of each constituency.
    """

    __tablename__ = "framework_approval"
    __table_args__ = (
        CheckConstraint("agency <> ''", name="an_agency_was_there"),
        CheckConstraint("voluntary <> ''", name="the_voluntary_sector_was_there"),
        CheckConstraint("youth <> ''", name="young_people_were_there"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(FrameworkDraft.id), index=True)
    group_name: Mapped[str]
    agreed_on: Mapped[date]
    """The day of the meeting."""
    agency: Mapped[str]
    """Who agreed for this constituency: a line each, name and role."""
    voluntary: Mapped[str]
    youth: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str]
    """Of the text they agreed (drafting.document); after a change it is no longer the same."""
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))

    draft: Mapped[FrameworkDraft] = relationship(back_populates="approvals")
    recorded_by: Mapped[Person] = relationship()


class FrameworkDraftEvent(Base):
    """One move of a draft.  Never changed."""

    __tablename__ = "framework_draft_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(FrameworkDraft.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    note: Mapped[str] = mapped_column(default="")

    draft: Mapped[FrameworkDraft] = relationship(back_populates="events")
    by: Mapped[Person] = relationship()
