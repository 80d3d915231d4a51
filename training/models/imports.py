"""A spreadsheet of training that an organisation brings in, and its rows while they are needed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from training.importing.fields import NEEDED, WHO
from training.importing.states import FATES, READ, STATES
from training.models.records import _listed
from web.database import Base
from web.references import new_reference


class TrainingImport(Base):
    """Its state moves by training.importing.workflow alone.  That it took place stays; what stood
    in the file goes (``cleared_at``)."""

    __tablename__ = "training_import"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(STATES)})", name="known_state"),
        CheckConstraint(
            "state NOT IN ('under way', 'done', 'being undone', 'undone')"
            " OR (confirmed_at IS NOT NULL AND confirmed_by_id IS NOT NULL)",
            name="confirmed_by_somebody",
        ),
        Index("ix_training_import_of", "organisation_id", "begun_at"),
        Index("ix_training_import_waiting", "state", "cleared_at"),
    )
    audited = True
    unaudited = ("version", "judged_to", "done_to")

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    name: Mapped[str]
    """What the file was called."""
    headings: Mapped[list[str]] = mapped_column(JSON)
    fingerprint: Mapped[str]
    """Of the headings: a sheet that has the same is read the same way."""
    columns: Mapped[list[str]] = mapped_column(JSON)
    """What each column holds, a key of training.importing.fields; empty: nothing that is read."""
    how: Mapped[str]
    """How it was learned, where a row does not say."""
    newcomers_role: Mapped[str] = mapped_column(default="")
    """What people do whom nobody knows yet; empty: they are not entered."""
    state: Mapped[str] = mapped_column(default=READ)
    last: Mapped[int]
    """The number of the last row."""
    judged_to: Mapped[int] = mapped_column(default=0)
    """The number of the last row that was looked at."""
    done_to: Mapped[int] = mapped_column(default=0)
    """The number of the last row that was written, or taken back."""
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    finished_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
    """When its rows went."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    begun_by: Mapped[Person] = relationship(foreign_keys=[begun_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])

    @property
    def places(self) -> dict[str, int]:
        """By what it holds, which column that is."""
        return {key: place for place, key in enumerate(self.columns) if key}

    @property
    def is_matched(self) -> bool:
        """Whether the columns say enough for a row to be read."""
        there = set(self.columns)
        return there.issuperset(NEEDED) and not there.isdisjoint(WHO)

    @property
    def is_looked_at(self) -> bool:
        return self.judged_to >= self.last

    def happened(self, **_more: Any) -> None:
        """The audit tells of it."""


class TrainingImportRow(Base):
    """One row, as it stands in the file.  It goes when the import can be undone no more."""

    __tablename__ = "training_import_row"
    __table_args__ = (
        CheckConstraint(f"fate IN ({_listed(FATES)})", name="known_fate"),
        Index("ix_training_import_row_fate", "import_id", "fate", "number"),
        Index("ix_training_import_row_mark", "import_id", "mark"),
        Index("ix_training_import_row_newcomer", "import_id", "newcomer"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey(TrainingImport.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Of the row in the sheet: the headings' is the first."""
    cells: Mapped[list[str]] = mapped_column(JSON)
    fate: Mapped[str] = mapped_column(default="")
    notes: Mapped[list[list[str]]] = mapped_column(JSON)
    """What is to be said of it: the field, and a code of training.importing.words."""
    mark: Mapped[str] = mapped_column(default="")
    """By it a row is known that says the same; empty where it can not be added."""
    newcomer: Mapped[str] = mapped_column(default="")
    """By it somebody is known whom nobody knew yet."""
    record: Mapped[str] = mapped_column(default="")
    """The reference of the record that was written.  (An id may be given out again.)"""
    person: Mapped[str] = mapped_column(default="")
    """The reference of the practitioner who was entered for it."""
