"""Asking to join an organisation, or to lead one that nobody leads, and the answers."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts import rules
from accounts.actions.leading import begin_membership
from accounts.actions.telling import write_to
from accounts.asking import ACCEPTED, CLOCK, REQUESTS, WAITING
from accounts.models import CHECKED, JOIN, LEAD, TO_LEAD, MembershipRequest, Organisation, Person
from accounts.queries import leading as queries
from accounts.queries.organisations import hold
from web.audit import record
from web.mail import post
from web.pages import long_date
from web.workflow import Refused, insist, perform


def ask(
    session: Session,
    organisation: Organisation,
    note: str,
    *,
    wants: str = JOIN,
    by: Person,
    at: datetime,
    good_for: timedelta,
    again_after: timedelta,
    team: str,
) -> MembershipRequest:
    """One waits at a time, and pressing twice asks once.  Its leads hear of it at once; where
    nobody leads, the Charter team does.  Raises Refused."""
    _may_ask(organisation, wants, by)
    hold(session, organisation)
    last = queries.last_request(session, organisation, by)
    if last is not None and last.state == WAITING:
        return last
    if last is not None and last.state != ACCEPTED and last.asked_at + again_after > at:
        on = long_date(last.asked_at + again_after)
        raise Refused([f"You asked them not long ago. You can ask again on {on}."])
    made = MembershipRequest(
        organisation=organisation, person=by, wants=wants, note=note,
        asked_at=at, expires_at=at + good_for,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, made, "ask", by=by, at=at)
    _tell_who_answers(session, made, by, at, team)
    return made


def _may_ask(organisation: Organisation, wants: str, by: Person) -> None:
    if wants == TO_LEAD:
        insist(rules.may_ask_to_lead(by, organisation))
    else:
        insist(rules.may_ask_to_join(by, organisation))
        if organisation.state != CHECKED:
            raise Refused(["You cannot ask to join this organisation."])


def _tell_who_answers(
    session: Session, made: MembershipRequest, by: Person, at: datetime, team: str
) -> None:
    organisation = made.organisation
    facts: dict[str, Any] = {"who": by.name, "reference": made.reference, "wants": made.wants}
    if organisation.without_lead_since is None:
        for lead in queries.leads_of(session, organisation):
            write_to(session, lead, "join_asked", organisation, at=at, **facts)
    else:
        facts |= {"organisation": organisation.name, "slug": organisation.slug}
        post(session, "accounts/join_asked_team", to=team, at=at, **facts)


def accept(
    session: Session, request: MembershipRequest, role: str, *, by: Person, at: datetime
) -> None:
    """They belong to it from now on.  Raises Refused, with who was quicker where somebody was."""
    hold(session, request.organisation)
    role = LEAD if request.wants == TO_LEAD else role
    _answer(session, request, "accept", by, at)
    begin_membership(session, request.organisation, request.person, role, by=by, at=at)
    write_to(session, request.person, "join_accepted", request.organisation, at=at, role=role)


def decline(session: Session, request: MembershipRequest, *, by: Person, at: datetime) -> None:
    hold(session, request.organisation)
    _answer(session, request, "decline", by, at)
    wants = request.wants
    write_to(session, request.person, "join_declined", request.organisation, at=at, wants=wants)


def take_back(session: Session, request: MembershipRequest, *, by: Person, at: datetime) -> None:
    hold(session, request.organisation)
    _answer(session, request, "withdraw", by, at)


def let_run_out(session: Session, request: MembershipRequest, *, at: datetime) -> None:
    _answer(session, request, "run out", CLOCK, at)
    write_to(session, request.person, "join_run_out", request.organisation, at=at)


def _answer(
    session: Session, request: MembershipRequest, verb: str, by: Person | str, at: datetime
) -> None:
    perform(REQUESTS, verb, request, by=by, at=at)
    record(session, request, verb, by=by, at=at)
