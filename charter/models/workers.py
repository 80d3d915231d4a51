"""A youth worker's own pledge, and what the public sees of all of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from charter.models.versions import CharterVersion, Commitment
from web.database import Base

STANDING = "state <> 'withdrawn'"


class WorkerPledge(Base):
    """One person's.  Of one address one stands at most; nobody needs an account for it."""

    __tablename__ = "worker_pledge"
    __table_args__ = (
        CheckConstraint("state IN ('unconfirmed', 'live', 'withdrawn')", name="known_state"),
        CheckConstraint("state <> 'live' OR confirmed_at IS NOT NULL", name="confirmed_when"),
        CheckConstraint("state <> 'withdrawn' OR NOT shown", name="withdrawn_is_hidden"),
        Index(
            "uq_worker_pledge_standing",
            "email",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index("ix_worker_pledge_tally", "area", "state", "shown"),
        Index("ix_worker_pledge_forgetting", "state", "asked_at"),
    )
    audited = True
    unaudited = ("version",)
    secret_fields = ("email", "first_name", "words")
    """The chain keeps their digests and never their values: nothing is left to be purged."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """Longer than others: whoever has it sees the certificate."""
    charter_version_id: Mapped[int] = mapped_column(ForeignKey(CharterVersion.id), index=True)
    state: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    """Folded (accounts.sign_in.forms.kept_form)."""
    first_name: Mapped[str]
    role: Mapped[str]
    """A key of charter.workers.words.ROLES."""
    area: Mapped[str]
    """A key of the scheme's areas, or charter.workers.words.EVERYWHERE."""
    shown: Mapped[bool] = mapped_column(default=False)
    """Chosen by somebody who said that they are 18 or over; that answer itself is not kept."""
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey(Commitment.id))
    words: Mapped[str] = mapped_column(default="")
    """What they will do for it, if they like; it stands on their certificate."""
    asked_at: Mapped[datetime]
    """When its form was last sent."""
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """The account with this address, once there is one."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    charter_version: Mapped[CharterVersion] = relationship()
    commitment: Mapped[Commitment | None] = relationship()
    events: Mapped[list["WorkerPledgeEvent"]] = relationship(
        back_populates="pledge", order_by="WorkerPledgeEvent.id", cascade="all, delete-orphan"
    )

    def happened(
        self,
        *,
        verb: str,
        before: str,
        by: Any,
        at: datetime,
        note: str,  # noqa: ARG002
    ) -> "WorkerPledgeEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return WorkerPledgeEvent(
            pledge=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            by_id=getattr(by, "id", None),
        )


class WorkerPledgeEvent(Base):
    """One move of a worker's pledge.  Never changed; it goes when the pledge goes."""

    __tablename__ = "worker_pledge_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey(WorkerPledge.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Nobody: by the mailed link."""

    pledge: Mapped[WorkerPledge] = relationship(back_populates="events")


class ListedWorker(Base):
    """Somebody who pledged and chose to be shown: all that the public list knows of them.

    Written by charter.workers.listing; who did not choose it has no row that could slip out.
    """

    __tablename__ = "listed_worker"
    __table_args__ = (
        Index("ix_listed_worker_by_name", "sort_key", "pledge_id"),
        Index("ix_listed_worker_by_area", "area", "sort_key", "pledge_id"),
    )
    public = True

    pledge_id: Mapped[int] = mapped_column(
        ForeignKey(WorkerPledge.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    area: Mapped[str]
    sort_key: Mapped[str]
    first_name: Mapped[str]
    role: Mapped[str]
    pledged_on: Mapped[date]


class WorkerTally(Base):
    """How many pledges stand in an area, and how many of them are listed.

    Counting 100,000 rows for each page would take longer than the page.
    """

    __tablename__ = "worker_tally"
    public = True

    area: Mapped[str] = mapped_column(primary_key=True)
    pledged: Mapped[int] = mapped_column(default=0)
    listed: Mapped[int] = mapped_column(default=0)
