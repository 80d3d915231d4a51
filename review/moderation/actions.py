"""A lead assessor looks at findings, passes the case on, or sends it back with a note."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review.models import Case
from review.moderation import rules
from review.moderation.choosing import ASKED, look_again
from review.moves import make
from review.report import settling
from review.report.actions import follow
from review.report.loading import OneStandard
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist

OWES_A_REASON = "Say why it should be another rating."


def settle(
    session: Session, at_one: OneStandard, rating: int | None, reason: str, *, by: Any, at: datetime
) -> None:
    """It stands (None, or the rating it has), or another rating with its reason.  One that nobody
    put before them may be looked at as well."""
    insist(rules.moderates_standard(by, at_one))
    finding, case = at_one.finding, at_one.case
    other = None if rating == finding.rating else rating
    if other is not None and not reason.strip():
        raise Refused([OWES_A_REASON])
    reach = settling.highest(case.framework, case.track, finding.report.findings, case.level)
    finding.looked_at_why = finding.looked_at_why or ASKED
    finding.moderated_rating, finding.moderated_reason = other, reason
    finding.moderated_at, finding.moderated_by_id = at, by.id
    session.flush()
    record(session, finding, "stands" if other is None else "rate anew", by=by, at=at)
    follow(session, case, reach, by=by, at=at)


def pass_on(session: Session, case: Case, *, by: Any, at: datetime, scheme: Scheme) -> None:
    """To the panel.  Raises Refused while a fact is not answered or a finding not looked at."""
    make(session, "moderate", case, by=by, at=at, scheme=scheme)
    if case.report is None:
        raise Refused(["There is no report."])
    case.report.moderated_at, case.report.moderated_by_id = at, by.id
    session.flush()
    record(session, case.report, "moderate", by=by, at=at)


def send_back(
    session: Session, case: Case, note: str, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """To the assessors.  What was looked at is looked at again when it comes back, so what was
    made of it is kept as history and taken off."""
    make(session, "back to the report", case, by=by, at=at, scheme=scheme, note=note)
    for finding in case.report.findings if case.report else ():
        if finding.looked_at_why is not None:
            look_again(session, finding, by, at)
