"""When the time to check the facts is over, nothing heard means that they stand."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from review import queries as cases
from review.report import facts, queries
from review.rules import may_go_on
from review.states import FACT_CHECK
from web import clock
from web.jobs import Each, Job


def _find(session: Session, at: datetime, above: int) -> Sequence[int]:
    return queries.silent(session, clock.london(at).date(), above)


def _agree(session: Session, case_id: int, at: datetime) -> None:
    case = cases.by_id(session, case_id, lock=True)
    today = clock.london(at).date()
    if case is None or case.state != FACT_CHECK or case.due_on is None:
        return
    if case.due_on < today and case.stopped_on is None and may_go_on(case) is True:
        facts.agree_by_silence(session, case, at=at, scheme=current_app.extensions["scheme"])


jobs = (Job("facts that nobody answered", timedelta(minutes=15), Each(_find, _agree)),)
