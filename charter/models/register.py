"""The public register: a projection, so that it is one fast query that knows nothing of cases.

Written by charter.register in the transaction that changes the facts; endorsement will write the
level down here.
"""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from web.database import Base


class RegisterEntry(Base):
    """One organisation that has pledged, as the public sees it."""

    __tablename__ = "register_entry"
    __table_args__ = (
        CheckConstraint("standing IN ('current', 'not current')", name="known_standing"),
        Index("ix_register_entry_by_name", "sort_key", "organisation_id"),
        Index("ix_register_entry_by_date", "pledged_on", "organisation_id"),
        Index("ix_register_entry_standing", "standing"),
    )
    public = True

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id), primary_key=True, autoincrement=False
    )
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str]
    search_key: Mapped[str]
    """Folded: name, areas, published places."""
    standing: Mapped[str]
    pledged_on: Mapped[date]
    """Since when it has been signed without a gap."""
    due_on: Mapped[date | None]
    area_keys: Mapped[list[str]] = mapped_column(JSON)
    commitment_keys: Mapped[list[str]] = mapped_column(JSON)
    charter_code: Mapped[str]
    level: Mapped[str | None]

    areas: Mapped[list["RegisterEntryArea"]] = relationship(cascade="all, delete-orphan")
    commitments: Mapped[list["RegisterEntryCommitment"]] = relationship(
        cascade="all, delete-orphan"
    )
    pieces: Mapped[list["RegisterEntryPiece"]] = relationship(cascade="all, delete-orphan")


class RegisterEntryArea(Base):
    """For filtering by area.  All that it takes to order and to count stands in the index."""

    __tablename__ = "register_entry_area"
    __table_args__ = (
        Index("ix_register_entry_area_lookup", "area", "sort_key", "organisation_id", "standing"),
    )

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(RegisterEntry.organisation_id, ondelete="CASCADE"), primary_key=True
    )
    area: Mapped[str] = mapped_column(primary_key=True)
    sort_key: Mapped[str]
    standing: Mapped[str]


class RegisterEntryCommitment(Base):
    """For filtering by commitment, as by area."""

    __tablename__ = "register_entry_commitment"
    __table_args__ = (
        Index(
            "ix_register_entry_commitment_lookup",
            "commitment",
            "sort_key",
            "organisation_id",
            "standing",
        ),
    )

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(RegisterEntry.organisation_id, ondelete="CASCADE"), primary_key=True
    )
    commitment: Mapped[str] = mapped_column(primary_key=True)
    sort_key: Mapped[str]
    standing: Mapped[str]


class RegisterEntryPiece(Base):
    """Three letters of its name (charter.public.nearly): for a search that forgives spelling."""

    __tablename__ = "register_entry_piece"

    piece: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(RegisterEntry.organisation_id, ondelete="CASCADE"), primary_key=True, index=True
    )
