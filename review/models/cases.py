"""A case: one submission on its way through the steering group, and all that happened to it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from endorsement.models import Submission
from review.states import ALL_STATES
from web.database import Base

_STATES = ", ".join(f"'{state}'" for state in ALL_STATES)


class Case(Base):
    """Only its state moves (review.workflow), and with the state its clock (review.clocks)."""

    __tablename__ = "review_case"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="known_state"),
        CheckConstraint("stopped_on IS NULL OR due_on IS NOT NULL", name="stops_a_clock"),
        Index("ix_review_case_queue", "state", "due_on"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """The submission's own: one name for one thing."""
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    state: Mapped[str]
    since: Mapped[datetime]
    """When it came into this state."""
    due_on: Mapped[date | None]
    """The last day of this state's clock."""
    stopped_on: Mapped[date | None]
    """Since when the clock stands still: a question, a flag or closed weeks."""
    extended: Mapped[int] = mapped_column(default=0)
    """How often this state's clock was extended."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    submission: Mapped[Submission] = relationship()
    organisation: Mapped[Organisation] = relationship()
    events: Mapped[list["CaseEvent"]] = relationship(back_populates="case", order_by="CaseEvent.id")
    allocations: Mapped[list["Allocation"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="case", order_by="Allocation.id"
    )
    visits: Mapped[list["Visit"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="case", order_by="Visit.id"
    )
    questions: Mapped[list["Question"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="case", order_by="Question.id"
    )
    report: Mapped["Report | None"] = relationship(back_populates="case")  # type: ignore[name-defined] # noqa: F821
    flags: Mapped[list["Flag"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="case", order_by="Flag.id"
    )
    """For the safeguarding circle, and for the rules that hold a case while one is open."""
    decisions: Mapped[list["Decision"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="case", order_by="Decision.id"
    )
    ballots: Mapped[list["Ballot"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="case", order_by="Ballot.id"
    )
    appeals: Mapped[list["Appeal"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="case", order_by="Appeal.id"
    )

    @property
    def framework(self) -> Any:
        return self.submission.framework_version.framework

    @property
    def track(self) -> str:
        return self.submission.track

    @property
    def level(self) -> str:
        """The key of the level that is sought."""
        return self.submission.level

    @property
    def standards(self) -> tuple[Any, ...]:
        """Those that are rated, in the framework's order."""
        return tuple(self.framework.on_track(self.track))

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> "CaseEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        if self.state != before:
            self.since = at
        return CaseEvent(
            case=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            by_id=getattr(by, "id", None),
            note=note,
        )


class CaseEvent(Base):
    """One move of a case.  Never changed."""

    __tablename__ = "review_case_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Nobody: the clock, or the portal."""
    note: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()
