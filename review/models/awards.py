"""An award: what the public may trust, for how long, and all that happened to it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from endorsement.models import FrameworkVersion
from review.models.cases import Case
from review.models.panel import Decision
from web.database import Base
from web.references import new_reference

LIVE, PAUSED, ENDED, REPLACED = "live", "paused", "ended", "replaced"
STANDING = (LIVE, PAUSED)
_STANDING = "'live', 'paused'"


class Award(Base):
    """Made by releasing a decision; an organisation has one that stands at most."""

    __tablename__ = "award"
    __table_args__ = (
        CheckConstraint("state IN ('live', 'paused', 'ended', 'replaced')", name="known_state"),
        CheckConstraint("until_on > from_on", name="ends_after_it_began"),
        Index(
            "uq_award_standing",
            "organisation_id",
            unique=True,
            sqlite_where=text(f"state IN ({_STANDING})"),
            postgresql_where=text(f"state IN ({_STANDING})"),
        ),
        Index("ix_award_clock", "state", "until_on"),
    )
    audited = True
    public = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id))
    framework_version_id: Mapped[int] = mapped_column(ForeignKey(FrameworkVersion.id))
    track: Mapped[str]
    level: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    """Its last day."""
    state: Mapped[str]
    checked_how: Mapped[str]
    """"Papers and a visit on 3 March 2027": what the public page says was checked, and how."""
    review_on: Mapped[date | None]
    """While it is paused: until when somebody looks again."""
    next_check_on: Mapped[date | None]
    """The yearly check."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    case: Mapped[Case] = relationship()
    decision: Mapped[Decision] = relationship()
    framework_version: Mapped[FrameworkVersion] = relationship()
    events: Mapped[list["AwardEvent"]] = relationship(
        back_populates="award", order_by="AwardEvent.id"
    )
    checks: Mapped[list["AwardCheck"]] = relationship(
        back_populates="award", order_by="AwardCheck.id"
    )

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> "AwardEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return AwardEvent(
            award=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            by_id=getattr(by, "id", None),
            note=note,
        )


class AwardEvent(Base):
    """One move of an award.  Never changed."""

    __tablename__ = "award_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey(Award.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    note: Mapped[str] = mapped_column(default="")

    award: Mapped[Award] = relationship(back_populates="events")


class AwardCheck(Base):
    """The yearly check: what the organisation says has changed.  A quarter of an hour."""

    __tablename__ = "award_check"
    audited = True
    unaudited = ("words",)

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey(Award.id), index=True)
    still_true: Mapped[bool]
    words: Mapped[str]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))

    award: Mapped[Award] = relationship(back_populates="checks")
    sent_by: Mapped[Person] = relationship()
