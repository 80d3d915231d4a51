"""An organisation's evidence: items, what each of them was over time, what standards they show."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, and_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from web.database import Base
from web.files.models import StoredFile
from web.references import new_reference

STATEMENT, FILE, LINK, VISIT = "statement", "file", "link", "visit"
KINDS = (STATEMENT, FILE, LINK, VISIT)


class EvidenceItem(Base):
    """One thing that shows how good an organisation is.  It outlives a year's self-assessment."""

    __tablename__ = "evidence_item"
    __table_args__ = (
        CheckConstraint("title <> ''", name="has_title"),
        Index("ix_evidence_item_library", "organisation_id", "put_away_at", "id"),
        Index("ix_evidence_item_review", "review_on"),
    )
    audited = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    title: Mapped[str]
    shows: Mapped[str] = mapped_column(default="")
    """What it shows, in the organisation's words."""
    review_on: Mapped[date | None]
    """When somebody should see whether it still holds."""
    youth_may_see: Mapped[bool] = mapped_column(default=False)
    """Whether youth members may see it.  Assessors always may."""
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    put_away_at: Mapped[datetime | None]
    """Since then it is on no list and goes with nothing that is sent; what was sent keeps it."""
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    added_by: Mapped[Person] = relationship()
    versions: Mapped[list["EvidenceVersion"]] = relationship(
        back_populates="item", order_by="EvidenceVersion.number"
    )
    current: Mapped["EvidenceVersion"] = relationship(
        primaryjoin=lambda: and_(
            EvidenceItem.id == EvidenceVersion.item_id, EvidenceVersion.replaced_at.is_(None)
        ),
        viewonly=True,
        uselist=False,
    )
    links: Mapped[list["EvidenceLink"]] = relationship(
        back_populates="item", order_by="EvidenceLink.standard", cascade="all, delete-orphan"
    )

    @property
    def standards(self) -> list[str]:
        """The keys of the standards it shows, of whatever version of the framework."""
        return [link.standard for link in self.links]


class EvidenceVersion(Base):
    """What an item is: words, a file, a link, or the promise to show it at the visit.

    A replaced one stays: what was sent points to it.  One that was removed for somebody's sake
    keeps no word and no byte; that it was there, when it went and why, is the tombstone.
    """

    __tablename__ = "evidence_version"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("kind IN ('statement', 'file', 'link', 'visit')", name="known_kind"),
        CheckConstraint("number >= 1", name="counted_from_one"),
        CheckConstraint("(text <> '') = (kind = 'statement' AND removed_at IS NULL)", name="words"),
        CheckConstraint("(address <> '') = (kind = 'link' AND removed_at IS NULL)", name="address"),
        CheckConstraint("(file_id IS NULL) = (kind <> 'file')", name="file"),
        CheckConstraint(
            "(file_name <> '') = (kind = 'file' AND removed_at IS NULL)", name="file_name"
        ),
        CheckConstraint("(removed_at IS NULL) = (removed_why = '')", name="removed_says_why"),
        CheckConstraint(
            "(removed_at IS NULL) = (removed_by_id IS NULL)", name="removed_by_somebody"
        ),
        Index(
            "uq_evidence_version_current",
            "item_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index("ix_evidence_version_digest", "digest"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(EvidenceItem.id))
    number: Mapped[int]
    """Counted from 1."""
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    """Of a link.  It is shown; nothing ever fetches it."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id), unique=True)
    file_name: Mapped[str] = mapped_column(default="")
    """As its owner called it."""
    digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of the file, or of the words or the link.  Of a removed file it stays, so that the
    same file is not taken again; of removed words it goes: short words can be guessed from it."""
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    replaced_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    removed_why: Mapped[str] = mapped_column(default="")

    item: Mapped[EvidenceItem] = relationship(back_populates="versions")
    added_by: Mapped[Person] = relationship(foreign_keys=[added_by_id])
    file: Mapped[StoredFile | None] = relationship()

    @property
    def organisation(self) -> Organisation:
        return self.item.organisation


class EvidenceLink(Base):
    """An item shows a standard: by the standard's key, which keeps its meaning for ever."""

    __tablename__ = "evidence_link"
    __table_args__ = (Index("ix_evidence_link_standard", "standard"),)
    audited = True

    item_id: Mapped[int] = mapped_column(ForeignKey(EvidenceItem.id), primary_key=True)
    standard: Mapped[str] = mapped_column(primary_key=True)

    item: Mapped[EvidenceItem] = relationship(back_populates="links")
