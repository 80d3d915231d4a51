"""Raising a flag, seeing it, closing it.  Each raises Refused where it may not be.

The chain says that a flag is, and not who did it: what somebody did stands in their own data
(accounts.queries.my_data), and a flag is to stand nowhere.  The row knows who.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from review import clocks, rules
from review.models import Case, Flag
from review.parts import ACCEPTED, ASKED
from web import clock
from web.audit import record
from web.mail import post
from web.scheme import Scheme
from web.workflow import Refused, insist

BY = "system:safeguarding"


def raise_one(
    session: Session, case: Case, words: str, *, by: Any, at: datetime, scheme: Scheme
) -> Flag:
    """From a case, by whoever has a part in it.  The mail says only that something waits."""
    insist(rules.assesses_it(by, case))
    made = Flag(case=case, raised_by_id=by.id, raised_at=at, words=words)
    session.add(made)
    session.flush()
    record(session, made, "raise", by=BY, at=at)
    for who in (scheme.safeguarding.lead, scheme.safeguarding.deputy):
        if who is not None:
            post(session, "review/safeguarding", to=who.email, at=at, name=who.name)
    return made


def see(session: Session, flag: Flag, *, by: Any, at: datetime) -> None:
    insist(rules.is_safeguarding(by))
    if flag.seen_at is None:
        flag.seen_at, flag.seen_by_id = at, by.id
        record(session, flag, "see", by=BY, at=at)


def close(
    session: Session, flag: Flag, outcome: str, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """The last one that closes lets the case's clocks go on from where they stood."""
    insist(rules.is_safeguarding(by))
    if flag.closed_at is not None:
        raise Refused(["This is closed already."])
    see(session, flag, by=by, at=at)
    flag.closed_at, flag.closed_by_id, flag.outcome = at, by.id, outcome
    record(session, flag, "close", by=BY, at=at)
    session.flush()
    if rules.may_go_on(flag.case) is True:
        _clocks_go_on(session, flag, at, scheme)


def _clocks_go_on(session: Session, flag: Flag, at: datetime, scheme: Scheme) -> None:
    """The days on which a flag was open are not counted: not the case's, not its people's.

    What began after the flag was raised loses only the days since then.
    """
    case, today = flag.case, clock.london(at).date()
    stood = stood_since(flag, case.flags)
    began = max(clock.london(stood).date(), clock.london(case.since).date())
    until = min(today, case.stopped_on) if case.stopped_on else today
    if case.due_on is not None:
        case.due_on = clocks.resumed(case.due_on, began, until, scheme)
        record(session, case, "clock goes on", by=BY, at=at)
    for part in case.allocations:
        if part.state in (ASKED, ACCEPTED) and part.due_on is not None:
            since = _later(stood, part.asked_at)
            part.due_on = clocks.resumed(part.due_on, since, today, scheme)
            record(session, part, "clock goes on", by=BY, at=at)
    for question in case.questions:
        if question.closed_at is None:
            since = _later(stood, question.asked_at)
            question.due_on = clocks.resumed(question.due_on, since, today, scheme)
            record(session, question, "clock goes on", by=BY, at=at)


def stood_since(last: Any, flags: Iterable[Any]) -> datetime:
    """Since when one flag after the other was open without a gap, up to the one that closes."""
    since: datetime = last.raised_at
    for flag in sorted(flags, key=lambda f: f.raised_at, reverse=True):
        if flag.raised_at < since and flag.closed_at is not None and flag.closed_at >= since:
            since = flag.raised_at
    return since


def _later(stood: datetime, began: datetime | None) -> date:
    return clock.london(max(stood, began) if began else stood).date()
