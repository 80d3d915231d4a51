"""What waits for young members and young assessors: a vote, a question, a reading, a sheet.

Their supporters are told that something does, and nothing of what it is (steering.youth.waits).
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.models import Allocation, Ballot, Case, Visit, VisitSheet, Vote
from review.parts import ACCEPTED, ASKED
from review.states import PANEL, SECOND_APPEAL, VISIT, WITH_ASSESSORS
from steering.youth.waits import Waits, waits_from


@waits_from
def of_cases(session: Session, people: Collection[int]) -> Iterable[Waits]:
    """Three statements."""
    for kind, wanted in (
        ("vote", _votes(people)),
        ("reading", _readings(people)),
        ("sheet", _sheets(people)),
    ):
        for person_id, organisation_id, reference in session.execute(wanted):
            yield Waits(person_id, organisation_id, f"{kind}:{reference}")


def _votes(people: Collection[int]) -> Any:
    voted = select(Vote.id).where(Vote.ballot_id == Ballot.id, Vote.replaced_at.is_(None))
    return (
        select(Ballot.person_id, Case.organisation_id, Ballot.reference)
        .join(Ballot.case)
        .where(
            Ballot.person_id.in_(people),
            Ballot.standing == "open",
            Case.state.in_((PANEL, SECOND_APPEAL)),
            ~voted.exists(),
        )
        .order_by(Ballot.id)
    )


def _readings(people: Collection[int]) -> Any:
    return (
        select(Allocation.person_id, Case.organisation_id, Allocation.reference)
        .join(Allocation.case)
        .where(
            Allocation.person_id.in_(people),
            Allocation.state.in_((ASKED, ACCEPTED)),
            Case.state.in_(WITH_ASSESSORS),
        )
        .order_by(Allocation.id)
    )


def _sheets(people: Collection[int]) -> Any:
    return (
        select(VisitSheet.person_id, Case.organisation_id, Visit.reference)
        .join(VisitSheet.visit)
        .join(Visit.case)
        .where(
            VisitSheet.person_id.in_(people),
            VisitSheet.sent_at.is_(None),
            Case.state == VISIT,
        )
        .order_by(VisitSheet.id)
    )
