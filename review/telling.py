"""Whom a move of a case is told to, by mail.

A mail says where the case stands and leads to its page.  It never says what somebody rated, voted
or flagged.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.queries.leading import leads_of
from review import rules
from review.models import Allocation, Case
from review.parts import ASKED, HAVE_A_PART
from review.states import WORDS
from review.workflow import TRANSITIONS
from steering import queries as steering
from web import clock
from web.mail import post
from web.scheme import Scheme


def tell(
    session: Session, move: str, case: Case, *, at: datetime, scheme: Scheme, note: str, **more: Any
) -> None:
    facts = _facts(case) | {"note": note} | more
    for group in TRANSITIONS[move].tell:
        kind = f"review/{group.replace(' ', '-')}"
        if group == "team":
            post(session, kind, to=scheme.contacts.email, at=at, move=move, **facts)
            continue
        for one in _people(session, group, case, at, scheme):
            _post(session, kind, one, at, move=move, **facts)


def ask(session: Session, allocation: Allocation, *, at: datetime) -> None:
    """Somebody is asked whether they can read a case."""
    _post(
        session,
        "review/asked",
        allocation.person,
        at,
        move="ask",
        note="",
        **_facts(allocation.case),
    )


def thank(session: Session, allocation: Allocation, *, at: datetime) -> None:
    """Somebody who knew of the case has no part in it any more."""
    facts = _facts(allocation.case)
    _post(session, "review/part-over", allocation.person, at, move="take out", note="", **facts)


def _post(session: Session, kind: str, one: Any, at: datetime, **facts: Any) -> None:
    post(session, kind, to=one.email, at=at, person_id=one.id, name=one.name, **facts)


def _people(
    session: Session, group: str, case: Case, at: datetime, scheme: Scheme
) -> Iterable[Any]:
    if group == "organisation":
        return leads_of(session, case.organisation)
    if group == "asked":
        return [a.person for a in case.allocations if a.state == ASKED and a.asked_at == at]
    if group == "assessors":
        return [a.person for a in case.allocations if a.state in HAVE_A_PART]
    if group == "chairs":
        chairing = steering.chairs(session, clock.london(at).date())
        return [
            one.person for one in chairing if not _barred(session, one.person, case, at, scheme)
        ]
    leads = steering.lead_assessors_without_a_tie(session, case, at, scheme)
    if group == "appeal answerers":
        return [person for person in leads if not rules.took_part(person, case)]
    return leads


def _barred(session: Session, person: Any, case: Case, at: datetime, scheme: Scheme) -> bool:
    return steering.is_barred(session, person, case, at, scheme)


def _facts(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "organisation": case.organisation.name,
        "slug": case.organisation.slug,
        "state": case.state,
        "stands": str(WORDS[case.state].name),
        "due_on": case.due_on.isoformat() if case.due_on else None,
    }
