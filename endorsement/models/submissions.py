"""What an organisation sent: a sealed snapshot, item by item, and all that happened to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from endorsement.models.assessments import Assessment
from endorsement.models.versions import FrameworkVersion
from endorsement.sending.states import STORED, UNDECIDED
from web.database import Base


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


class Submission(Base):
    """Sealed at sending.  Since then only its state moves (endorsement.sending.workflow)."""

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(STORED)})", name="known_state"),
        Index("ix_submission_queue", "state", "sent_at"),
        Index(
            "uq_submission_one_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(f"state IN ({_listed(UNDECIDED)})"),
            postgresql_where=text(f"state IN ({_listed(UNDECIDED)})"),
        ),
    )
    audited = True
    unaudited = ("declared_name", "declared_role", "version")
    """Names and words stand in the items; the chain holds the root, which proves them."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id), index=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey(FrameworkVersion.id))
    track: Mapped[str]
    level: Mapped[str]
    """The key of the level that is sought."""
    state: Mapped[str]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    declared_name: Mapped[str]
    """Who declared that it is true, as they wrote it; empty once that was removed."""
    declared_role: Mapped[str]
    root: Mapped[str]
    words_gone_at: Mapped[datetime | None]
    """When its words were taken away, its time to be kept being over."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    assessment: Mapped[Assessment] = relationship()
    framework_version: Mapped[FrameworkVersion] = relationship()
    sent_by: Mapped[Person] = relationship()
    items: Mapped[list["SubmissionItem"]] = relationship(
        back_populates="submission", order_by="SubmissionItem.number"
    )
    events: Mapped[list["SubmissionEvent"]] = relationship(
        back_populates="submission", order_by="SubmissionEvent.id"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "SubmissionEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return SubmissionEvent(
            submission=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            note=note,
            by_id=getattr(by, "id", None),
        )


class SubmissionItem(Base):
    """One part of what was sent.  The chain holds the root, which stands for all of them."""

    __tablename__ = "submission_item"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        CheckConstraint(
            "(content IS NULL) = (removed_at IS NOT NULL)"
            " AND (salt IS NULL) = (removed_at IS NOT NULL)",
            name="there_or_removed",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id))
    number: Mapped[int]
    """Its place in the list, from 1."""
    kind: Mapped[str]
    key: Mapped[str]
    """Which of its kind: a standard's key, an action's reference."""
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    salt: Mapped[str | None]
    digest: Mapped[str]
    """It stays when the rest is removed, so that the root still proves the others."""
    removed_at: Mapped[datetime | None]
    removed_why: Mapped[str] = mapped_column(default="")

    submission: Mapped[Submission] = relationship(back_populates="items")


class SubmissionEvent(Base):
    """One move of a submission, or the removal of one of its items.  Never changed."""

    __tablename__ = "submission_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Nobody: a command, or the portal."""
    item: Mapped[int | None]
    """The number of the item that was removed."""
    note: Mapped[str] = mapped_column(default="")

    submission: Mapped[Submission] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()
