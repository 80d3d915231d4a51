"""Meetings, ballots, votes, and the decision that the database refuses without its quorum."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from review.models.cases import Case
from web.database import Base
from web.references import new_reference

FIRST, ON_APPEAL = 1, 2
"""Which panel: the one that decides, or the one that hears a second appeal."""
COUNTS, ABSTAINS, TIED = "counts", "abstains", "tied"
_GROUPS = "('agency', 'voluntary', 'youth')"


class Meeting(Base):
    """A day on which the panel sits.  Votes between meetings have none."""

    __tablename__ = "panel_meeting"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'held', 'called off')", name="known_state"),
    )
    audited = True
    unaudited = ("notes", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    starts_at: Mapped[datetime]
    place: Mapped[str]
    state: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    notes: Mapped[str] = mapped_column(default="")
    """What the minutes say beside what the portal knows."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    items: Mapped[list["MeetingItem"]] = relationship(
        back_populates="meeting", order_by="MeetingItem.place"
    )
    present: Mapped[list["Presence"]] = relationship(
        back_populates="meeting", order_by="Presence.id"
    )


class MeetingItem(Base):
    """A case on a meeting's agenda."""

    __tablename__ = "panel_meeting_item"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id))
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    place: Mapped[int]

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    case: Mapped[Case] = relationship()


class Presence(Base):
    """Who was there."""

    __tablename__ = "panel_presence"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    constituency: Mapped[str]

    meeting: Mapped[Meeting] = relationship(back_populates="present")
    person: Mapped[Person] = relationship()


class Ballot(Base):
    """Somebody's right to vote on a case: as a member, a deputy, a reserve or a guest."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint(f"constituency IN {_GROUPS}", name="known_group"),
        CheckConstraint(
            "capacity IN ('member', 'deputy', 'reserve', 'guest')", name="known_capacity"
        ),
        CheckConstraint("standing IN ('open', 'aside', 'recused')", name="known_standing"),
        UniqueConstraint("case_id", "stage", "person_id"),
        UniqueConstraint("id", "case_id", "stage", "constituency", name="uq_ballot_whole"),
        Index("ix_ballot_person", "person_id", "standing"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    stage: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    constituency: Mapped[str]
    capacity: Mapped[str]
    standing: Mapped[str]
    """aside: they rather stand aside, without a reason; recused: a tie bars them."""
    asked_at: Mapped[datetime]
    asked_about_ties_at: Mapped[datetime | None]
    """When they answered whether they go there or know somebody there."""
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="ballots")
    person: Mapped[Person] = relationship()
    votes: Mapped[list["Vote"]] = relationship(back_populates="ballot", order_by="Vote.id")


class Vote(Base):
    """Never changed: who votes anew writes another row, and this one says when it was replaced.

    What was chosen is no part of the chain while the vote is sealed: its digest is.
    """

    __tablename__ = "vote"
    __table_args__ = (
        CheckConstraint("standing IN ('counts', 'abstains', 'tied')", name="known_standing"),
        CheckConstraint("choice IN ('for', 'not yet', 'abstain')", name="known_choice"),
        CheckConstraint("(choice = 'for') = (level IS NOT NULL)", name="for_a_level"),
        CheckConstraint(
            "(choice = 'abstain') = (standing = 'abstains') OR standing = 'tied'",
            name="abstaining_never_counts",
        ),
        CheckConstraint("with_conditions IS NULL OR choice = 'for'", name="conditions_of_a_level"),
        ForeignKeyConstraint(
            ["ballot_id", "case_id", "stage", "constituency"],
            ["ballot.id", "ballot.case_id", "ballot.stage", "ballot.constituency"],
            name="fk_vote_ballot",
        ),
        UniqueConstraint(
            "id", "case_id", "stage", "constituency", "standing", name="uq_vote_whole"
        ),
        Index(
            "uq_vote_standing",
            "ballot_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index("ix_vote_case", "case_id", "stage"),
    )
    audited = True
    secret_fields = ("choice", "level", "with_conditions", "reason", "standing")

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int]
    case_id: Mapped[int]
    stage: Mapped[int]
    constituency: Mapped[str]
    standing: Mapped[str]
    choice: Mapped[str]
    level: Mapped[str | None]
    """The key of the level they vote for."""
    with_conditions: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")
    cast_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    ballot: Mapped[Ballot] = relationship(back_populates="votes")


class Decision(Base):
    """What the panel decided.  Without an untied vote of each group there can be no such row.

    Each of the three keys leads to a vote on this case, by that group, that counts: the literal
    columns beside them are held by checks, so that neither a rule nor a page is needed to refuse
    another one, and SQL by hand is refused as well.
    """

    __tablename__ = "decision"
    __table_args__ = (
        *(
            ForeignKeyConstraint(
                [f"{group}_vote_id", "case_id", "stage", f"{group}_group", "voted"],
                ["vote.id", "vote.case_id", "vote.stage", "vote.constituency", "vote.standing"],
                name=f"fk_decision_{group}_vote",
            )
            for group in ("agency", "voluntary", "youth")
        ),
        *(
            CheckConstraint(f"{group}_group = '{group}'", name=f"{group}_vote_is_theirs")
            for group in ("agency", "voluntary", "youth")
        ),
        CheckConstraint("voted = 'counts'", name="votes_count"),
        CheckConstraint("outcome IN ('endorsed', 'conditions', 'not yet')", name="known_outcome"),
        CheckConstraint("(outcome = 'not yet') = (level IS NULL)", name="level_or_not_yet"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
        Index(
            "uq_decision_standing",
            "case_id",
            "stage",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )
    audited = True
    unaudited = ("why", "for_youth", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    stage: Mapped[int]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    outcome: Mapped[str]
    level: Mapped[str | None]
    why: Mapped[str] = mapped_column(default="")
    """For the organisation, in plain words."""
    counted: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By constituency: how many voted for what."""
    casting: Mapped[bool] = mapped_column(default=False)
    """The chair's casting vote decided."""
    youth_differ: Mapped[bool] = mapped_column(default=False)
    """Most youth votes are for another outcome: the young members are owed an answer."""
    for_youth: Mapped[str] = mapped_column(default="")
    for_youth_at: Mapped[datetime | None]
    staged_at: Mapped[datetime]
    staged_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    undone_why: Mapped[str] = mapped_column(default="")
    agency_vote_id: Mapped[int]
    voluntary_vote_id: Mapped[int]
    youth_vote_id: Mapped[int]
    agency_group: Mapped[str] = mapped_column(default="agency")
    voluntary_group: Mapped[str] = mapped_column(default="voluntary")
    youth_group: Mapped[str] = mapped_column(default="youth")
    voted: Mapped[str] = mapped_column(default="counts")
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    case: Mapped[Case] = relationship(back_populates="decisions")
    meeting: Mapped[Meeting | None] = relationship()
    standards: Mapped[list["DecisionStandard"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="decision", order_by="DecisionStandard.id"
    )
    conditions: Mapped[list["Condition"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="decision", order_by="Condition.id"
    )
