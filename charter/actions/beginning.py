"""Beginning a pledge: the first, or the one for the next year."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import may_edit_organisation
from charter import queries, rules
from charter.models import CharterVersion, Pledge, PledgeAction, PledgeEvent, PledgeProject
from charter.states import DRAFT
from web import clock
from web.audit import record
from web.references import new_reference
from web.scheme import Scheme
from web.workflow import Refused


def renewable_until(at: datetime, scheme: Scheme) -> date:
    """A pledge that is due by this day can be renewed already."""
    days = scheme.clocks.charter.renewal_opens_days_before
    return clock.london(at).date() + timedelta(days=days)


def begin(
    session: Session,
    organisation: Organisation,
    charter: CharterVersion,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Pledge:
    """A draft to the charter as it stands, which renews the pledge that stands or ran out.

    Raises Refused beside an open pledge, and while it is too early to renew.
    """
    pledges = queries.pledges_of(session, organisation)
    allowed = may_edit_organisation(by, organisation)
    beside = rules.may_begin_beside(pledges, renewable_until(at, scheme))
    refusals = [verdict for verdict in (allowed, beside) if verdict is not True]
    if refusals:
        raise Refused(refusals)
    with session.no_autoflush:
        pledge = _draft(organisation, charter, rules.to_renew(pledges), by, at)
        pledge.least_actions = _least(pledge, scheme)
        session.add(pledge)
    session.flush()
    for thing in (pledge, *pledge.events, *pledge.covered, *pledge.actions):
        record(session, thing, "begin", by=by, at=at)
    return pledge


def _draft(
    organisation: Organisation,
    charter: CharterVersion,
    earlier: Pledge | None,
    by: Any,
    at: datetime,
) -> Pledge:
    pledge = Pledge(
        reference=new_reference(),
        organisation=organisation,
        charter_version=charter,
        renews=earlier,
        state=DRAFT,
        contact_name=by.name,
        contact_email=by.email,
        began_at=at,
        began_by_id=by.id,
        events=[PledgeEvent(verb="begin", before="", after=DRAFT, at=at, by_id=by.id)],
    )
    if earlier is not None:
        _go_on_from(pledge, earlier, by, at)
    return pledge


def _go_on_from(pledge: Pledge, earlier: Pledge, by: Any, at: datetime) -> None:
    """What was written last year is where this year starts, as far as the charter still asks it."""
    pledge.signatory_name, pledge.signatory_role = earlier.signatory_name, earlier.signatory_role
    pledge.contact_name = earlier.contact_name or by.name
    pledge.contact_email = earlier.contact_email or by.email
    pledge.covered = [
        PledgeProject(project=row.project) for row in earlier.covered if not row.project.closed
    ]
    texts = {action.commitment.key: action.text for action in earlier.actions}
    pledge.actions = [
        PledgeAction(commitment=c, text=texts[c.key], changed_at=at, changed_by_id=by.id)
        for c in pledge.charter_version.commitments
        if texts.get(c.key)
    ]


def _least(pledge: Pledge, scheme: Scheme) -> int:
    clocks, most = scheme.clocks.charter, len(pledge.charter_version.commitments)
    if pledge.renews is not None and clocks.renewal_needs_every_commitment:
        return most
    return min(clocks.first_year_actions, most)
