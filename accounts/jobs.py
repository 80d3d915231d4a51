"""What the clock does to organisations and their people."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from accounts.actions.joining import let_run_out
from accounts.actions.leading import let_offer_run_out, see_who_leads
from accounts.asking import CLOCK
from accounts.queries import leading as queries
from web.jobs import Job


def end_what_has_run_out(session: Session, at: datetime) -> str:
    requests = queries.requests_run_out(session, at)
    offers = queries.handovers_run_out(session, at)
    for request in requests:
        let_run_out(session, request, at=at)
    for offer in offers:
        let_offer_run_out(session, offer, at=at)
    return f"{len(requests)} requests and {len(offers)} offers ran out"


def notice_who_leads(session: Session, at: datetime) -> str:
    """An account that ended may have been the only lead's."""
    wrong = queries.wrongly_flagged(session)
    for organisation in wrong:
        team = current_app.extensions["scheme"].contacts.email
        see_who_leads(session, organisation, by=CLOCK, at=at, team=team)
    return f"{len(wrong)} organisations have a lead again, or none any more"


jobs = (
    Job("end requests and offers that ran out", timedelta(hours=1), end_what_has_run_out),
    Job("notice organisations without a lead", timedelta(hours=1), notice_who_leads),
)
