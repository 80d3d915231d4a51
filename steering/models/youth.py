"""The seat of a young person, who may be under 18: no e-mail, no phone, a name they chose."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from steering.models.seats import Seat
from web.database import Base
from web.references import new_reference, new_salt

YOUNG_ASSESSOR = "young assessor"
INVITED, JOINED, OPEN, ENDED = "invited", "joined", "open", "ended"


class YouthSeat(Base):
    """From the code that a worker hands on until some months after the seat has ended."""

    __tablename__ = "youth_seat"
    __table_args__ = (
        CheckConstraint("part IN ('member', 'deputy', 'young assessor')", name="known_part"),
        CheckConstraint("(part = 'young assessor') = (seat_id IS NULL)", name="seat_of_members"),
        CheckConstraint(
            "activated_at IS NULL OR joined_at IS NOT NULL", name="joined_before_it_opens"
        ),
    )
    audited = True
    unaudited = ("version", "help_asked_at", "reset_seen_at")
    secret_fields = ("code_salt", "code_digest", "name_key")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    part: Mapped[str]
    seat_id: Mapped[int | None] = mapped_column(ForeignKey(Seat.id), index=True)
    supporter_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    """An adult with an account: told only that something waits."""
    ends_on: Mapped[date]
    decision: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    code_salt: Mapped[str] = mapped_column(default=new_salt)
    """With the portal's key it gives the code, which stands nowhere (steering.youth.codes)."""
    code_digest: Mapped[str | None] = mapped_column(unique=True)
    """Of the code that opens the joining page today; a keyed one.  None: used, or none is out."""
    code_expires_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), unique=True)
    """Theirs, once they have chosen a name."""
    name_key: Mapped[str | None] = mapped_column(unique=True)
    """The name they sign in with, folded."""
    joined_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    activated_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    help_asked_at: Mapped[datetime | None]
    """The supporter asks the Charter team to get in touch."""
    reset_supporter_at: Mapped[datetime | None]
    reset_officer_at: Mapped[datetime | None]
    """A new passphrase needs both."""
    reset_at: Mapped[datetime | None]
    reset_seen_at: Mapped[datetime | None]
    """When the young person said that they read of it."""
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    seat: Mapped[Seat | None] = relationship()
    supporter: Mapped[Person] = relationship(foreign_keys=[supporter_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def state(self) -> str:
        if self.ended_at is not None:
            return ENDED
        if self.activated_at is not None:
            return OPEN
        return JOINED if self.joined_at is not None else INVITED

    @property
    def reset_agreed(self) -> bool:
        return self.reset_supporter_at is not None and self.reset_officer_at is not None
