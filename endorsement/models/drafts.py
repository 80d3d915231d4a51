"""A version of the framework while it is written, and what the steering group said to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from endorsement.models.versions import FrameworkVersion
from web.database import Base
from web.drafting.models import (
    ApprovalColumns,
    DraftColumns,
    EventColumns,
    all_there,
    one_open,
)


class FrameworkDraft(DraftColumns, Base):
    __tablename__ = "framework_draft"
    __table_args__ = one_open("framework_draft")
    audited = True
    unaudited = ("edit", "one")

    based_on_id: Mapped[int] = mapped_column(ForeignKey(FrameworkVersion.id))
    version_id: Mapped[int | None] = mapped_column(ForeignKey(FrameworkVersion.id))
    """What it was published as."""

    based_on: Mapped[FrameworkVersion] = relationship(foreign_keys=[based_on_id])
    version: Mapped[FrameworkVersion | None] = relationship(foreign_keys=[version_id])
    approvals: Mapped[list["FrameworkApproval"]] = relationship(
        back_populates="draft", order_by="FrameworkApproval.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["FrameworkDraftEvent"]] = relationship(
        back_populates="draft", order_by="FrameworkDraftEvent.id", cascade="all, delete-orphan"
    )

    def happened(
        self, *, verb: str, before: str, by: Any, at: datetime, note: str
    ) -> "FrameworkDraftEvent":
        """The event of a move; whoever makes the move adds it to the session."""
        return FrameworkDraftEvent(
            draft=self, verb=verb, before=before, after=self.state, at=at, note=note, by_id=by.id
        )


class FrameworkApproval(ApprovalColumns, Base):
    __tablename__ = "framework_approval"
    __table_args__ = all_there()
    audited = True

    draft_id: Mapped[int] = mapped_column(ForeignKey(FrameworkDraft.id), index=True)
    draft: Mapped[FrameworkDraft] = relationship(back_populates="approvals")


class FrameworkDraftEvent(EventColumns, Base):
    __tablename__ = "framework_draft_event"
    audited = True

    draft_id: Mapped[int] = mapped_column(ForeignKey(FrameworkDraft.id), index=True)
    draft: Mapped[FrameworkDraft] = relationship(back_populates="events")
