"""A pause: its reasons, the looks at it, the appeal, its end."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from charter import rules
from charter.actions.moves import make
from charter.actions.sending import close_renewals
from charter.models import Pledge, Suspension
from charter.models.suspensions import TURNED_DOWN, UPHELD
from web import clock, working_days
from web.audit import record
from web.scheme import Scheme
from web.workflow import insist


def suspend(
    session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str, scheme: Scheme
) -> None:
    """Paused, for reasons the organisation sees, and looked at again by a day.  Raises Refused."""
    clocks = scheme.clocks.charter
    row = Suspension(
        begun_at=at,
        begun_by_id=by.id,
        appeal_until=_days_on(at, clocks.suspension_appeal_working_days, scheme),
    )
    make(
        session,
        "suspend",
        pledge,
        by=by,
        at=at,
        note=note,
        dates={"review_on": _review(at, scheme)},
        appeal_until=row.appeal_until.isoformat(),
    )
    pledge.suspensions.append(row)
    session.flush()
    record(session, row, "suspend", by=by, at=at)


def keep_paused(
    session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str, scheme: Scheme
) -> None:
    """Looked at again: it stays paused, for a reason and until another day.  Raises Refused."""
    dates = {"review_on": _review(at, scheme)}
    make(session, "keep paused", pledge, by=by, at=at, note=note, dates=dates)


def restore(
    session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str, scheme: Scheme
) -> None:
    """On the register again.  Raises Refused."""
    _put_back(session, "restore", pledge, by, at, note, scheme)


def end(session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str) -> None:
    """Looked at again, and ended: it does not come back.  Raises Refused."""
    pause = pledge.suspension
    make(session, "end", pledge, by=by, at=at, note=note, dates={"review_on": None})
    _over(session, pause, "end", by, at)
    close_renewals(session, pledge, at=at)


def appeal(
    session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str, scheme: Scheme
) -> None:
    """A lead asks for another look, once, in time.  Raises Refused."""
    insist(rules.in_time_to_appeal(pledge, clock.london(at).date()))
    days = scheme.clocks.charter.suspension_answer_working_days
    answer_by, team = _days_on(at, days, scheme), scheme.contacts.email
    day = answer_by.isoformat()
    make(session, "appeal", pledge, by=by, at=at, note=note, to_team=team, answer_by=day)
    row = pledge.suspension
    row.appeal, row.appealed_at, row.appealed_by_id = note, at, by.id
    row.appeal_answer_by = answer_by
    record(session, row, "appeal", by=by, at=at)


def answer_appeal(
    session: Session,
    pledge: Pledge,
    *,
    uphold: bool,
    by: Any,
    at: datetime,
    note: str,
    scheme: Scheme,
) -> None:
    """By somebody who did not pause it: back on the register, or it stays.  Raises Refused."""
    pause = pledge.suspension
    if uphold:
        _put_back(session, "uphold", pledge, by, at, note, scheme)
    else:
        make(session, "turn down", pledge, by=by, at=at, note=note)
    pause.appeal_outcome = UPHELD if uphold else TURNED_DOWN
    pause.appeal_decided_at, pause.appeal_decided_by_id = at, by.id
    record(session, pause, "answer", by=by, at=at)


def _put_back(
    session: Session, verb: str, pledge: Pledge, by: Any, at: datetime, note: str, scheme: Scheme
) -> None:
    """With a fair time left: its date may have passed while it was paused, and the pause was ours.

    The date itself stays: a year is a year."""
    pause = pledge.suspension
    until = clock.london(at).date() + timedelta(days=scheme.clocks.charter.restored_days)
    kept = max(until, pledge.kept_until or until)
    dates = {"review_on": None, "kept_until": kept}
    make(session, verb, pledge, by=by, at=at, note=note, dates=dates)
    _over(session, pause, verb, by, at)
    if pledge.due_on is not None and pledge.due_on <= clock.london(at).date():
        make(session, "fall due", pledge, by=rules.CLOCK, at=at)


def _over(session: Session, pause: Suspension | None, verb: str, by: Any, at: datetime) -> None:
    if pause is not None:  # one begun before pauses had rows has none
        pause.ended_at = at
        record(session, pause, verb, by=by, at=at)


def _review(at: datetime, scheme: Scheme) -> date:
    return _days_on(at, scheme.clocks.charter.suspension_review_working_days, scheme)


def _days_on(at: datetime, days: int, scheme: Scheme) -> date:
    return working_days.after(clock.london(at).date(), days, scheme.closed)
