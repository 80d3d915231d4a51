"""Two organisations that check the training of each other's people."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from training.states import AGREED, BUDDY_STATES, ENDED
from training.states import ASKED as ASKED_FOR
from web.database import Base
from web.references import new_reference

_KNOWN = ", ".join(f"'{state}'" for state in BUDDY_STATES)


class TrainingBuddy(Base):
    """A lead of one asks, a lead of the other agrees, either ends it.  An ended one stays, as
    history.  Its state moves by training.buddies.workflow alone."""

    __tablename__ = "training_buddy"
    __table_args__ = (
        CheckConstraint(f"state IN ({_KNOWN})", name="known_state"),
        CheckConstraint("organisation_id <> buddy_id", name="two_organisations"),
        CheckConstraint("(agreed_at IS NULL) = (agreed_by_id IS NULL)", name="agreed_by_somebody"),
        CheckConstraint("state <> 'agreed' OR agreed_at IS NOT NULL", name="agreed_when"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_when"),
        Index(
            "uq_training_buddy_standing",
            "organisation_id",
            "buddy_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    """The one that asked."""
    buddy_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    state: Mapped[str] = mapped_column(default=ASKED_FOR)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    buddy: Mapped[Organisation] = relationship(foreign_keys=[buddy_id])

    @property
    def both(self) -> tuple[Organisation, Organisation]:
        return self.organisation, self.buddy

    @property
    def stands(self) -> bool:
        """While one of the two is closed it does not."""
        return self.state == AGREED and all(o.state != "closed" for o in self.both)

    @property
    def is_over(self) -> bool:
        return self.state == ENDED

    def other(self, organisation_id: int) -> Organisation:
        return self.buddy if organisation_id == self.organisation_id else self.organisation

    def happened(self, **_more: Any) -> None:
        """The audit tells of it."""
