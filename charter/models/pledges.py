"""An organisation's pledge, what it holds, and all that happened to it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person, Project
from charter.models.versions import CharterVersion, Commitment
from charter.states import ALL_STATES, OPEN_STATES, STANDING
from web.database import Base


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


class Pledge(Base):
    """One yearly pledge; a renewal is a row of its own."""

    __tablename__ = "pledge"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(ALL_STATES)})", name="known_state"),
        CheckConstraint(
            "state <> 'live' OR (live_from IS NOT NULL AND due_on IS NOT NULL)",
            name="live_has_dates",
        ),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_when"),
        CheckConstraint("state <> 'suspended' OR review_on IS NOT NULL", name="suspended_until"),
        CheckConstraint("renews_id <> id", name="renews_another"),
        Index("ix_pledge_queue", "state", "sent_at"),
        Index("ix_pledge_clock", "state", "due_on"),
        Index(
            "uq_pledge_one_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(f"state IN ({_listed(OPEN_STATES)})"),
            postgresql_where=text(f"state IN ({_listed(OPEN_STATES)})"),
        ),
        Index(
            "uq_pledge_one_standing",
            "organisation_id",
            unique=True,
            sqlite_where=text(f"state IN ({_listed(STANDING)})"),
            postgresql_where=text(f"state IN ({_listed(STANDING)})"),
        ),
        Index(
            "uq_pledge_one_renewal",
            "renews_id",
            unique=True,
            sqlite_where=text("state NOT IN ('withdrawn', 'ended')"),
            postgresql_where=text("state NOT IN ('withdrawn', 'ended')"),
        ),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    charter_version_id: Mapped[int] = mapped_column(ForeignKey(CharterVersion.id))
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("pledge.id"), index=True)
    """The pledge whose year it goes on from."""
    state: Mapped[str]
    signatory_name: Mapped[str] = mapped_column(default="")
    signatory_role: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    least_actions: Mapped[int]
    """The fewest actions it needs: the scheme's number on the day it was begun."""
    details_seen_at: Mapped[datetime | None]
    """When the organisation's details were last checked by its people for this pledge."""
    began_at: Mapped[datetime]
    began_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    sent_at: Mapped[datetime | None]
    check_due_on: Mapped[date | None]
    """The Charter team's working-day clock: the last day to decide."""
    live_from: Mapped[date | None]
    """The first day of its year."""
    signed_since: Mapped[date | None]
    """Since when the organisation has been signed without a gap, earlier years with it."""
    due_on: Mapped[date | None]
    """The first day after its year."""
    kept_until: Mapped[date | None]
    """It does not run out before this day is over: a renewal came back, or a pause ended."""
    review_on: Mapped[date | None]
    """While it is suspended: the day by which the Charter team looks at it again."""
    words_gone_at: Mapped[datetime | None]
    """When its words and names were taken away, its time to be kept being over."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    charter_version: Mapped[CharterVersion] = relationship()
    renews: Mapped["Pledge | None"] = relationship(
        remote_side="Pledge.id", back_populates="renewals"
    )
    renewals: Mapped[list["Pledge"]] = relationship(back_populates="renews", order_by="Pledge.id")
    outcomes: Mapped[list["PledgeOutcome"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="pledge", order_by="PledgeOutcome.action_id"
    )
    suspensions: Mapped[list["Suspension"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="pledge", order_by="Suspension.id"
    )
    actions: Mapped[list["PledgeAction"]] = relationship(
        back_populates="pledge", order_by="PledgeAction.commitment_id"
    )
    covered: Mapped[list["PledgeProject"]] = relationship(
        back_populates="pledge", order_by="PledgeProject.project_id", cascade="all, delete-orphan"
    )
    events: Mapped[list["PledgeEvent"]] = relationship(
        back_populates="pledge", order_by="PledgeEvent.id"
    )
    notes: Mapped[list["PledgeNote"]] = relationship(
        back_populates="pledge", order_by="PledgeNote.id"
    )

    @property
    def projects(self) -> list[Project]:
        return [row.project for row in self.covered]

    @property
    def suspension(self) -> Any:
        """The pause that is on, or None."""
        return next((s for s in self.suspensions if s.ended_at is None), None)

    @property
    def last_day(self) -> date | None:
        """Of its year."""
        return self.due_on - timedelta(days=1) if self.due_on else None

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "PledgeEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return PledgeEvent(
            pledge=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            note=note,
            by_id=getattr(by, "id", None),
        )


class PledgeProject(Base):
    """A project the pledge covers."""

    __tablename__ = "pledge_project"
    audited = True

    pledge_id: Mapped[int] = mapped_column(ForeignKey(Pledge.id), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id), primary_key=True, index=True)

    pledge: Mapped[Pledge] = relationship(back_populates="covered")
    project: Mapped[Project] = relationship()


class PledgeAction(Base):
    """What the organisation will do for one commitment, in its own words.

    A row of its own with a version of its own: two editors on different commitments never meet.
    """

    __tablename__ = "pledge_action"
    __table_args__ = (UniqueConstraint("pledge_id", "commitment_id"),)
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey(Pledge.id))
    commitment_id: Mapped[int] = mapped_column(ForeignKey(Commitment.id))
    text: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    pledge: Mapped[Pledge] = relationship(back_populates="actions")
    commitment: Mapped[Commitment] = relationship()
    changed_by: Mapped[Person] = relationship()


class PledgeEvent(Base):
    """One move of a pledge.  Never changed."""

    __tablename__ = "pledge_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey(Pledge.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Nobody: the clock."""
    note: Mapped[str] = mapped_column(default="")

    pledge: Mapped[Pledge] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()


class PledgeNote(Base):
    """What the Charter team asks to be mended, beside the place it concerns."""

    __tablename__ = "pledge_note"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey(Pledge.id), index=True)
    part: Mapped[str]
    """``details``, ``projects``, ``signatory`` or ``commitment-3``."""
    text: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    settled_at: Mapped[datetime | None]
    """When the organisation saved that part again, or sent the pledge as it was."""

    pledge: Mapped[Pledge] = relationship(back_populates="notes")
