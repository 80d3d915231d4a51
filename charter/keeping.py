"""How long the words of a pledge are kept."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from charter import queries
from charter.models import Pledge, PledgeEvent
from charter.states import ENDED, WITHDRAWN
from web.audit import record
from web.audit.chain import name_of
from web.audit.models import AuditEntry, AuditValue
from web.contributions import RetentionRule
from web.months import months_before

BY = "system:retention"
MOST = 300
WHOLE = (
    selectinload(Pledge.actions),
    selectinload(Pledge.outcomes),
    selectinload(Pledge.notes),
    selectinload(Pledge.events),
    selectinload(Pledge.suspensions),
)

# Withdrawn, or ended by the team


def _due(session: Session, at: datetime) -> Sequence[int]:
    """Their last move is longer ago than the scheme says."""
    years = current_app.extensions["scheme"].retention.withdrawn_or_refused_years
    later = select(PledgeEvent.id).where(
        PledgeEvent.pledge_id == Pledge.id, PledgeEvent.at >= months_before(at, 12 * years)
    )
    wanted = select(Pledge.id).where(
        Pledge.state.in_((WITHDRAWN, ENDED)), Pledge.words_gone_at.is_(None), ~later.exists()
    )
    return session.scalars(wanted.order_by(Pledge.id).limit(MOST)).all()


def _take_away(session: Session, pledge_id: int, at: datetime) -> None:
    """Its words and names go, from the audit's values too; that it was there, and when, stays."""
    pledge = _locked(session, pledge_id)
    if pledge is None or pledge.words_gone_at is not None:
        return
    pledge.signatory_name = pledge.signatory_role = ""
    pledge.contact_name = pledge.contact_email = ""
    pledge.words_gone_at = at
    rows = [pledge, *_emptied(pledge)]
    session.flush()
    _forget_values(session, rows)
    for row in rows:
        record(session, row, "forget", by=BY, at=at)


def _locked(session: Session, pledge_id: int) -> Pledge | None:
    organisation = session.scalar(select(Pledge.organisation_id).where(Pledge.id == pledge_id))
    if organisation is None:
        return None
    queries.hold(session, organisation)
    wanted = select(Pledge).where(Pledge.id == pledge_id, Pledge.state.in_((WITHDRAWN, ENDED)))
    return session.scalar(wanted.options(*WHOLE).execution_options(populate_existing=True))


def _emptied(pledge: Pledge) -> Iterator[Any]:
    """What else of it has words; each without them."""
    for thing in (*pledge.actions, *pledge.outcomes, *pledge.notes):
        thing.text = ""
        yield thing
    for event in pledge.events:
        event.note = ""
        yield event
    for pause in pledge.suspensions:
        pause.appeal = ""
        yield pause


def _forget_values(session: Session, rows: Sequence[Any]) -> None:
    """The chain keeps its digests; what it kept of the words goes with them."""
    numbers = select(AuditEntry.number).where(AuditEntry.subject.in_([name_of(r) for r in rows]))
    session.execute(
        delete(AuditValue).where(AuditValue.entry_number.in_(numbers)),
        execution_options={"synchronize_session": False},
    )


retention = RetentionRule(
    name="pledges",
    what=_l("The words and names of pledges that were taken back or ended"),
    due=_due,
    take_away=_take_away,
    kept=lambda kept: _("%(n)s years after that", n=kept.withdrawn_or_refused_years),
)
