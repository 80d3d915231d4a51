"""What somebody learned, and all that happened to the record of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from training.models.practitioners import Practitioner
from training.states import ASKED, PRIOR, RECOGNISED, REFUSED, STORED, WAYS
from web.database import Base
from web.files.models import StoredFile
from web.references import new_reference


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class TrainingRecord(Base):
    """One module, on one day.  Its state moves by training.workflow alone."""

    __tablename__ = "training_record"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(STORED)})", name="known_state"),
        CheckConstraint(f"how IN ({_listed(WAYS)})", name="known_way"),
        CheckConstraint(
            f"state NOT IN ({_listed((ASKED, RECOGNISED, REFUSED))}) OR how = '{PRIOR}'",
            name="only_prior_learning_is_asked_for",
        ),
        CheckConstraint(
            "state NOT IN ('checked', 'recognised')"
            " OR (checked_at IS NOT NULL AND checked_by_id IS NOT NULL)",
            name="checked_by_somebody",
        ),
        CheckConstraint(f"how <> '{PRIOR}' OR NOT is_update", name="no_update_is_prior_learning"),
        CheckConstraint("state <> 'recognised' OR reason <> ''", name="recognised_with_a_reason"),
        CheckConstraint("(file_id IS NULL) = (file_name = '')", name="file_has_a_name"),
        Index("ix_training_record_owner", "practitioner_id", "module", "completed_on"),
        Index("ix_training_record_waiting", "state", "entered_at"),
        Index("ix_training_record_sample", "state", "draw"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey(Practitioner.id))
    module: Mapped[str]
    """Its code, which keeps its meaning for ever."""
    is_update: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The yearly update, not the whole module."""
    completed_on: Mapped[date]
    """Of prior learning: the last day it was learned or used."""
    how: Mapped[str]
    provider: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    """For prior learning: what they learned and where, as they tell it."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id), unique=True)
    file_name: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    entered_at: Mapped[datetime]
    """Anew each time it is sent for a check: since when it waits."""
    entered_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    checked_for_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    """For whom the checker looked; no other organisation reads which.  None: the Charter team."""
    reason: Mapped[str] = mapped_column(default="")
    """Of prior learning: why it was recognised, or not."""
    draw: Mapped[int | None]
    """The number that its check drew: the low ones are looked at again (records.sampling)."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    practitioner: Mapped[Practitioner] = relationship(back_populates="records")
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    checked_for: Mapped[Organisation | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    badge: Mapped["SentBadge | None"] = relationship(  # type: ignore[name-defined] # noqa: F821
        back_populates="record", passive_deletes="all"
    )
    events: Mapped[list["TrainingRecordEvent"]] = relationship(
        back_populates="training_record", order_by="TrainingRecordEvent.id"
    )

    @property
    def is_prior(self) -> bool:
        return self.how == PRIOR

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "TrainingRecordEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return TrainingRecordEvent(
            training_record=self,
            verb=verb,
            before=before,
            after=self.state,
            at=at,
            note=note,
            by_id=getattr(by, "id", None),
        )


class TrainingRecordEvent(Base):
    """One move of a record.  Never changed."""

    __tablename__ = "training_record_event"
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(TrainingRecord.id), index=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Nobody: the portal, or an import."""
    note: Mapped[str] = mapped_column(default="")

    training_record: Mapped[TrainingRecord] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()
