"""A decision as the organisation reads it: per standard its own point, the panel's, why, and what
next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from endorsement.models import SubmissionItem
from endorsement.sending.snapshot import ANSWER
from review import rules
from review.models import Appeal, Case, Condition, Decision, DecisionStandard
from web import clock, working_days
from web.scheme import Scheme


@dataclass(frozen=True)
class Line:
    standard: Any
    claim: int | None
    row: DecisionStandard


def told(case: Case) -> Decision | None:
    """The decision that stands and was told."""
    found = [d for d in case.decisions if d.undone_at is None and d.released_at is not None]
    return max(found, key=lambda d: (d.stage, d.id), default=None)


def lines(session: Session, decision: Decision) -> list[Line]:
    """In the framework's order."""
    case = decision.case
    wanted = select(SubmissionItem.key, SubmissionItem.content).where(
        SubmissionItem.submission_id == case.submission_id, SubmissionItem.kind == ANSWER
    )
    answers = {key: content or {} for key, content in session.execute(wanted)}
    rows = {row.standard: row for row in decision.standards}
    return [
        Line(standard, answers.get(standard.key, {}).get("rating"), rows[standard.key])
        for standard in case.standards
        if standard.key in rows
    ]


def can_appeal_until(case: Case, scheme: Scheme) -> date | None:
    """The last day on which the organisation may ask to look again; None: it cannot any more."""
    since = _since(case)
    if since is None:
        return None
    days = scheme.clocks.endorsement.appeal_working_days
    return working_days.after(since, days, scheme.closed)


def _since(case: Case) -> date | None:
    """Since the decision was told; for a second panel, since the first look was answered."""
    if rules.not_appealed_yet(case) is True:
        decision = told(case)
        return clock.london(decision.released_at).date() if decision else None  # type: ignore[arg-type]
    if rules.first_appeal_is_answered(case) is not True:
        return None
    first: Appeal = next(a for a in case.appeals if a.stage == rules.FIRST)
    moments = [first.answered_at, *(d.released_at for d in case.decisions if d.undone_at is None)]
    return max(clock.london(one).date() for one in moments if one is not None)


def conditions_to_look_at(session: Session) -> Sequence[Condition]:
    """Shown by the organisation, and not answered; the longest waiting first."""
    wanted = (
        select(Condition)
        .where(Condition.state == "shown")
        .options(
            joinedload(Condition.case).joinedload(Case.organisation),
            joinedload(Condition.case).joinedload(Case.submission),
        )
    )
    return session.scalars(wanted.order_by(Condition.shown_at, Condition.id).limit(200)).all()


def condition(session: Session, reference: str) -> Condition | None:
    wanted = (
        select(Condition)
        .where(Condition.reference == reference, Condition.decision_id.is_not(None))
        .options(
            joinedload(Condition.decision).selectinload(Decision.conditions),
            joinedload(Condition.evidence),
        )
    )
    return session.scalar(wanted)
