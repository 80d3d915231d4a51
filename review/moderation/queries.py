"""Cases that are there to be checked together: ordered, bounded."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from endorsement.models import Submission
from review.models import Allocation, Case, Report
from review.states import MODERATION
from web.paging import Paged, paged


def to_check(session: Session, person: Any, without: set[int], page: int = 1) -> Paged[Case]:
    """What is due soonest first; not what the person had a part in, and not of ``without``."""
    part = select(Allocation.case_id).where(Allocation.person_id == person.id)
    wanted = (
        select(Case)
        .where(Case.state == MODERATION, Case.id.not_in(part))
        .where(Case.organisation_id.not_in(without))
        .options(
            joinedload(Case.organisation),
            joinedload(Case.submission).joinedload(Submission.framework_version),
            joinedload(Case.report).selectinload(Report.findings),
        )
        .order_by(Case.due_on.is_(None), Case.due_on, Case.id)
    )
    return paged(session, wanted, page)
