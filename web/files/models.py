"""What the database knows of a file.  Its bytes are in the store, under their SHA-256."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from web.database import Base
from web.files.kinds import KINDS

BEING_CHECKED, CLEAN, REFUSED = "being checked", "clean", "refused"
STATES = (BEING_CHECKED, CLEAN, REFUSED)
_NAMES = ", ".join(f"'{name}'" for name in KINDS)


class StoredFile(Base):
    """One file of one owner.  Whoever refers to it keeps its name and says who may see it.

    The same content sent twice is two rows and one object; the object goes with the last row.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("state IN ('being checked', 'clean', 'refused')", name="known_state"),
        CheckConstraint(f"kind IN ({_NAMES})", name="known_kind"),
        CheckConstraint("(state = 'refused') = (reason <> '')", name="refused_says_why"),
        CheckConstraint(
            "removed_at IS NULL OR destroyed_at IS NOT NULL", name="destroyed_before_removed"
        ),
        Index("ix_stored_file_waiting", "state", "created_at"),
        Index("ix_stored_file_destroyed", "removed_at", "destroyed_at"),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    """Of the bytes that are kept: of a photo, after its metadata went."""
    size: Mapped[int]
    """In bytes."""
    kind: Mapped[str]
    """One of web.files.kinds.KINDS."""
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was refused: the finding, as the scanner names it."""
    pages: Mapped[int | None]
    """Of a PDF."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    """Of a picture, in pixels."""
    previews: Mapped[int] = mapped_column(default=0)
    """How many page images there are; a picture has one."""
    created_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    """When the virus scan ended.  Nothing: it waits, or no scanner was set when it came."""
    destroyed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    """When its bytes were gone, or known to belong to another row too."""

    @property
    def is_ready(self) -> bool:
        """May be opened."""
        return self.state == CLEAN and self.destroyed_at is None

    @property
    def is_waiting(self) -> bool:
        return self.state == BEING_CHECKED and self.destroyed_at is None

    @property
    def mime(self) -> str:
        return KINDS[self.kind].mime
