"""Finding submissions: always ordered, always bounded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import CLOSED, Organisation
from endorsement.models import Submission, SubmissionEvent
from endorsement.sending.states import UNDECIDED
from web.contributions import Waiting
from web.paging import Paged, paged

WHOLE = (
    joinedload(Submission.organisation),
    joinedload(Submission.framework_version),
    selectinload(Submission.items),
    selectinload(Submission.events).joinedload(SubmissionEvent.by),
)
"""All that a page about one submission shows."""


def open_submission(session: Session, organisation: Organisation) -> Submission | None:
    """The one that waits for an answer."""
    wanted = select(Submission).where(
        Submission.organisation_id == organisation.id, Submission.state.in_(UNDECIDED)
    )
    return session.scalar(wanted)


def by_reference(session: Session, reference: str, *, lock: bool = False) -> Submission | None:
    wanted = select(Submission).where(Submission.reference == reference).options(*WHOLE)
    if lock:
        wanted = wanted.with_for_update(of=Submission).execution_options(populate_existing=True)
    return session.scalar(wanted)


def of_organisation(
    session: Session, organisation: Organisation, page: int = 1
) -> Paged[Submission]:
    """Newest first."""
    wanted = select(Submission).where(Submission.organisation_id == organisation.id)
    newest = wanted.order_by(Submission.sent_at.desc(), Submission.id.desc())
    return paged(session, newest.options(joinedload(Submission.framework_version)), page)


def sent(session: Session, page: int = 1, *, waits: bool = False) -> Paged[Submission]:
    """What was sent, newest first, for the Charter team; ``waits``: only what is not decided."""
    wanted = select(Submission).join(Submission.organisation)
    if waits:
        wanted = wanted.where(*_waits())
    newest = wanted.order_by(Submission.sent_at.desc(), Submission.id.desc())
    shown = (joinedload(Submission.organisation), joinedload(Submission.framework_version))
    return paged(session, newest.options(*shown), page)


def waiting(session: Session, _at: datetime) -> Waiting:
    wanted: Any = select(func.count(), func.min(Submission.sent_at)).join(Submission.organisation)
    count, since = session.execute(wanted.where(*_waits())).one()
    return Waiting(count, since)


def _waits() -> tuple[Any, ...]:
    """A closed organisation's submission waits for nobody."""
    return Submission.state.in_(UNDECIDED), Organisation.state != CLOSED


def all_of(
    session: Session, organisation: Organisation, *, lock: bool = False
) -> Sequence[Submission]:
    """Every one, oldest first: for merging."""
    wanted = select(Submission).where(Submission.organisation_id == organisation.id)
    wanted = wanted.order_by(Submission.id)
    return session.scalars(wanted.with_for_update() if lock else wanted).all()
