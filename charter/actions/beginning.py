"""Beginning a pledge."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import may_edit_organisation
from charter import queries, rules
from charter.models import CharterVersion, Pledge, PledgeEvent
from charter.states import DRAFT
from web.audit import record
from web.references import new_reference
from web.scheme import Scheme
from web.workflow import Refused


def begin(
    session: Session,
    organisation: Organisation,
    charter: CharterVersion,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Pledge:
    """A draft to the charter as it stands.  Raises Refused beside an open or standing pledge."""
    allowed = may_edit_organisation(by, organisation)
    beside = rules.may_begin_beside(queries.pledges_of(session, organisation))
    refusals = [verdict for verdict in (allowed, beside) if verdict is not True]
    if refusals:
        raise Refused(refusals)
    least = min(scheme.clocks.charter.first_year_actions, len(charter.commitments))
    pledge = Pledge(
        reference=new_reference(),
        organisation=organisation,
        charter_version=charter,
        state=DRAFT,
        least_actions=least,
        contact_name=by.name,
        contact_email=by.email,
        began_at=at,
        began_by_id=by.id,
        events=[PledgeEvent(verb="begin", before="", after=DRAFT, at=at, by_id=by.id)],
    )
    session.add(pledge)
    session.flush()
    for thing in (pledge, *pledge.events):
        record(session, thing, "begin", by=by, at=at)
    return pledge
