"""How long what was sent is kept once it is decided: the award and one cycle, or some years."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from endorsement.models import Submission
from endorsement.sending.keeping import take_the_words
from endorsement.sending.states import DECIDED
from review.models import Award, Case, Decision
from web import clock
from web.months import months_before
from web.retention_rows import of_rows

MOST = 200


def _cycle_years() -> int:
    scheme = current_app.extensions["scheme"]
    years: int = (
        scheme.retention.submission_cycles_after_award * scheme.clocks.endorsement.award_years
    )
    return years


def _over(at: datetime) -> Select[Submission]:
    """Decided; and the award that came of it is over for a cycle, or none came of it and that is
    long ago.  The award counts to the day it was made for, also where it ended before."""
    kept = current_app.extensions["scheme"].retention
    awarded = exists().where(Award.case_id == Case.id)
    lately = clock.london(months_before(at, 12 * _cycle_years())).date()
    refused = months_before(at, 12 * kept.withdrawn_or_refused_years)
    released = exists().where(Decision.case_id == Case.id, Decision.released_at.is_not(None))
    return (
        select(Submission)
        .join(Case, Case.submission_id == Submission.id)
        .where(
            Submission.state == DECIDED,
            Submission.words_gone_at.is_(None),
            or_(
                and_(awarded, ~awarded.where(Award.until_on >= lately)),
                and_(~awarded, released, ~released.where(Decision.released_at >= refused)),
            ),
        )
    )


def _since(session: Session, submission_id: int) -> datetime | None:
    found = session.get(Submission, submission_id)
    return found.sent_at if found is not None else None


def _kept(kept: Any) -> str:
    return _(
        "%(award)s years after the award’s last day; %(refused)s years where there was none",
        award=_cycle_years(),
        refused=kept.withdrawn_or_refused_years,
    )


retention = of_rows(
    "decided submissions",
    _l("The words and names of self-assessments that the steering group has decided about"),
    Submission,
    over=_over,
    forget=take_the_words,
    kept=_kept,
    most=MOST,
    since=_since,
)
