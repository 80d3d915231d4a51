"""A version of the pathways while it is written, and what the steering group said to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.models.versions import PathwayVersion
from web.database import Base
from web.drafting.models import (
    ApprovalColumns,
    DraftColumns,
    EventColumns,
    all_there,
    one_open,
)


class PathwayDraft(DraftColumns, Base):
    __tablename__ = "pathway_draft"
    __table_args__ = one_open("pathway_draft")
    audited = True
    unaudited = ("edit", "one")

    based_on_id: Mapped[int] = mapped_column(ForeignKey(PathwayVersion.id))
    version_id: Mapped[int | None] = mapped_column(ForeignKey(PathwayVersion.id))
    """What it was published as."""

    based_on: Mapped[PathwayVersion] = relationship(foreign_keys=[based_on_id])
    version: Mapped[PathwayVersion | None] = relationship(foreign_keys=[version_id])
    approvals: Mapped[list["PathwayApproval"]] = relationship(
        back_populates="draft", order_by="PathwayApproval.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["PathwayDraftEvent"]] = relationship(
        back_populates="draft", order_by="PathwayDraftEvent.id", cascade="all, delete-orphan"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "PathwayDraftEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return PathwayDraftEvent(
            draft=self, verb=verb, before=before, after=self.state, at=at, note=note, by_id=by.id
        )


class PathwayApproval(ApprovalColumns, Base):
    __tablename__ = "pathway_approval"
    __table_args__ = all_there()
    audited = True

    draft_id: Mapped[int] = mapped_column(ForeignKey(PathwayDraft.id), index=True)
    draft: Mapped[PathwayDraft] = relationship(back_populates="approvals")


class PathwayDraftEvent(EventColumns, Base):
    __tablename__ = "pathway_draft_event"
    audited = True

    draft_id: Mapped[int] = mapped_column(ForeignKey(PathwayDraft.id), index=True)
    draft: Mapped[PathwayDraft] = relationship(back_populates="events")
