"""An essential fell after the award, and nobody put it right in time: a condition on the award.

It is the one condition for something that is below its bar: the award was made while it was met.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from endorsement.models import EssentialFall, Submission
from review import queries, rules
from review.models import Award, Case, Condition, Decision
from review.models.awards import STANDING
from review.moves import make
from review.outcome.conditions import MET, OPEN, SHOWN
from review.rules import CLOCK
from review.states import CONDITIONS, ENDORSED
from web import clock
from web.audit import record
from web.database import holding
from web.jobs import Each, Job
from web.pages import long_date
from web.scheme import Scheme
from web.working_days import months_after

MOST = 200
EVERY = timedelta(hours=6)


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


# Its time is over


def _over(at: datetime) -> Select[Any, Any]:
    """Falls whose time is over, each with the case on which the organisation's award stands; but
    for those for which a condition was made."""
    today = clock.london(at).date()
    grace = timedelta(days=_scheme().clocks.endorsement.grace_days)
    made = select(Condition.id).where(
        Condition.fall_id == EssentialFall.id, Condition.decision_id == Award.decision_id
    )
    return (
        select(EssentialFall.id, Award.case_id)
        .join(EssentialFall.submission)
        .join(Award, Award.organisation_id == Submission.organisation_id)
        .join(Award.case)
        .where(
            EssentialFall.mended_at.is_(None),
            EssentialFall.fell_at < clock.begins(today - grace),
            Award.state.in_(STANDING),
            Case.state.in_((ENDORSED, CONDITIONS)),
            ~made.exists(),
        )
        .order_by(EssentialFall.id)
    )


def find(session: Session, at: datetime, above: int) -> Sequence[int]:
    return session.scalars(_over(at).where(EssentialFall.id > above).limit(MOST)).all()


def set_condition(session: Session, fall_id: int, at: datetime) -> None:
    """With the case held it is asked again whether there is anything to do."""
    wanted = _over(at).where(EssentialFall.id == fall_id)
    row = session.execute(wanted).first()
    case = queries.by_id(session, row.case_id, lock=True) if row is not None else None
    decision = rules.standing_decision(case) if case is not None else None
    fall = session.get(EssentialFall, fall_id)
    if case is None or decision is None or fall is None or session.execute(wanted).first() is None:
        return
    made = _condition(case, decision, fall, at)
    session.add(made)
    session.flush()
    record(session, made, "set", by=CLOCK, at=at)
    make(session, "an essential fell", case, by=CLOCK, at=at, scheme=_scheme(), note=made.what)


def _condition(case: Case, decision: Decision, fall: EssentialFall, at: datetime) -> Condition:
    today = clock.london(at).date()
    standard = case.framework.by_key.get(fall.standard)
    what = _(
        "Put “%(name)s” right again. Since %(day)s it is below what you sent.",
        name=standard.name if standard else fall.standard,
        day=long_date(clock.london(fall.fell_at).date()),
    )
    return Condition(
        case=case,
        decision=decision,
        fall=fall,
        standard=fall.standard,
        what=what,
        by_on=_last_day(today),
        state=OPEN,
    )


def _last_day(today: date) -> date:
    return months_after(today, _scheme().clocks.endorsement.condition_months)


# It is right again


def find_mended(session: Session, _at: datetime, above: int) -> Sequence[int]:
    return session.scalars(_mended().where(Condition.id > above).limit(MOST)).all()


def _mended() -> Select[Any]:
    return (
        select(Condition.id)
        .join(Condition.fall)
        .join(Condition.case)
        .where(
            EssentialFall.mended_at.is_not(None),
            Condition.state.in_((OPEN, SHOWN)),
            Condition.decision_id.is_not(None),
            Case.state == CONDITIONS,
        )
        .order_by(Condition.id)
    )


def meet(session: Session, condition_id: int, at: datetime) -> None:
    """The training record says so: nobody has to show it."""
    known = session.get(Condition, condition_id)
    case = queries.by_id(session, known.case_id, lock=True) if known is not None else None
    wanted = _mended().where(Condition.id == condition_id).with_only_columns(Condition)
    condition = session.scalar(holding(wanted, Condition))
    if case is None or condition is None:
        return
    condition.answer, condition.state = _("Your training record shows that it is right again."), MET
    condition.closed_at = at
    session.flush()
    record(session, condition, "meet", by=CLOCK, at=at)
    if rules.no_condition_is_open(case) is True:
        make(session, "meet conditions", case, by=CLOCK, at=at, scheme=_scheme())


jobs = (
    Job("conditions met by the training record", EVERY, Each(find_mended, meet)),
    Job("conditions for essentials that fell", EVERY, Each(find, set_condition)),
)
