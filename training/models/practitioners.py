"""Whose training it is, what they do where, and what each organisation may see."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from accounts.models import Membership, Organisation, Person, Project
from web.database import Base
from web.references import new_reference


class Practitioner(Base):
    """The owner of a training record, which moves with them from place to place.

    With an account it is the person's.  A lead may enter a volunteer without one: it carries the
    name until somebody claims it.
    """

    __tablename__ = "practitioner"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) = (name <> '')", name="named_until_claimed"),
        CheckConstraint(
            "person_id IS NOT NULL OR entered_by_id IS NOT NULL", name="somebody_entered_it"
        ),
        Index("ix_practitioner_email", "email"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), unique=True)
    name: Mapped[str] = mapped_column(default="")
    """As a lead wrote it; empty once it is an account's, which has a name of its own."""
    email: Mapped[str] = mapped_column(default="")
    """Where the lead thinks they can be reached to claim it; empty once they did."""
    began_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """The lead who entered them; nobody where they began themselves."""
    claimed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    roles: Mapped[list["PractitionerRole"]] = relationship(
        back_populates="practitioner", order_by="PractitionerRole.id"
    )
    shown: Mapped[list["ShownModule"]] = relationship(
        back_populates="practitioner",
        order_by="ShownModule.module",
        cascade="all, delete-orphan",
    )
    projects: Mapped[list["PractitionerProject"]] = relationship(
        back_populates="practitioner",
        order_by="PractitionerProject.project_id",
        cascade="all, delete-orphan",
    )
    records: Mapped[list["TrainingRecord"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="practitioner", order_by="TrainingRecord.id"
    )
    bookings: Mapped[list["TrainingBooking"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="practitioner", order_by="TrainingBooking.id"
    )

    @property
    def called(self) -> str:
        return self.person.name if self.person is not None else self.name


class PractitionerRole(Base):
    """What somebody does for an organisation.  An ended one stays, as history.

    One person may have several at one place.  Of the employer's own checks it holds that they are
    finished, when, and when they are looked at again: nothing else, ever.
    """

    __tablename__ = "practitioner_role"
    __table_args__ = (
        CheckConstraint("role <> ''", name="names_a_role"),
        CheckConstraint(
            "(checks_on IS NULL) = (checks_by_id IS NULL)", name="checks_said_by_somebody"
        ),
        CheckConstraint(
            "checks_review_on IS NULL OR checks_on IS NOT NULL", name="review_after_checks"
        ),
        CheckConstraint(
            "(may_check_since IS NULL) = (let_check_by_id IS NULL)", name="let_check_by_somebody"
        ),
        Index(
            "uq_practitioner_role_standing",
            "practitioner_id",
            "organisation_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_practitioner_role_team", "organisation_id", "ended_at"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey(Practitioner.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey(Membership.id), index=True)
    """Of whoever has an account; with it the role ends (``stands``)."""
    role: Mapped[str]
    """The key of a role of the pathways."""
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    checks_on: Mapped[date | None]
    """The day the employer finished its own checks for this role."""
    checks_review_on: Mapped[date | None]
    checks_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    may_check_since: Mapped[datetime | None]
    """People choose their roles themselves, so a lead says first that this one may check what
    colleagues learned (a trustee, a line manager: ``checks`` in the pathways)."""
    let_check_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)

    practitioner: Mapped[Practitioner] = relationship(back_populates="roles")
    organisation: Mapped[Organisation] = relationship()
    membership: Mapped[Membership | None] = relationship()
    chosen_by: Mapped[Person] = relationship(foreign_keys=[chosen_by_id])
    checkers: Mapped[list["PractitionerRole"]] = relationship(
        primaryjoin=lambda: and_(
            foreign(PractitionerRole.organisation_id) == remote(PractitionerRole.organisation_id),
            remote(PractitionerRole.may_check_since).is_not(None),
            remote(PractitionerRole.ended_at).is_(None),
        ),
        viewonly=True,
        uselist=True,
    )
    """Roles at the same place that a lead lets check."""
    buddies: Mapped[list["TrainingBuddy"]] = relationship(  # type: ignore[name-defined] # noqa: F821
        primaryjoin="PractitionerRole.organisation_id.in_("
        "[foreign(TrainingBuddy.organisation_id), foreign(TrainingBuddy.buddy_id)])",
        viewonly=True,
        uselist=True,
    )
    """Agreements of the place with others that check, also those that are over."""

    @property
    def stands(self) -> bool:
        return self.left_at is None

    @property
    def left_at(self) -> datetime | None:
        """When it ended, by itself or with the membership."""
        membership_ended = self.membership.ended_at if self.membership is not None else None
        ends = [end for end in (self.ended_at, membership_ended) if end is not None]
        return min(ends, default=None)


class ShownModule(Base):
    """The practitioner lets an organisation see a module that no role there needs; "*" is all."""

    __tablename__ = "shown_module"
    audited = True

    practitioner_id: Mapped[int] = mapped_column(ForeignKey(Practitioner.id), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id), primary_key=True, index=True
    )
    module: Mapped[str] = mapped_column(primary_key=True)
    chosen_at: Mapped[datetime]

    practitioner: Mapped[Practitioner] = relationship(back_populates="shown")
    organisation: Mapped[Organisation] = relationship()


class PractitionerProject(Base):
    """Somebody works in a project of an organisation where they have a role."""

    __tablename__ = "practitioner_project"
    audited = True

    practitioner_id: Mapped[int] = mapped_column(ForeignKey(Practitioner.id), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id), primary_key=True, index=True)
    chosen_at: Mapped[datetime]

    practitioner: Mapped[Practitioner] = relationship(back_populates="projects")
    project: Mapped[Project] = relationship()
