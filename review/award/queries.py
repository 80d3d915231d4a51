"""Finding awards: always ordered, always bounded."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Organisation
from review.models import Award, Case, Decision
from review.models.awards import LIVE, PAUSED, REPLACED, STANDING
from web import clock
from web.contributions import Waiting
from web.database import holding
from web.paging import Paged, paged

MOST = 500
WHOLE = (
    joinedload(Award.organisation),
    joinedload(Award.framework_version),
    joinedload(Award.case).joinedload(Case.submission),
    joinedload(Award.decision),
    selectinload(Award.events),
    selectinload(Award.checks),
)


def standing_of(session: Session, organisation_id: int, *, lock: bool = False) -> Award | None:
    """The one that is current or paused."""
    wanted = select(Award).where(
        Award.organisation_id == organisation_id, Award.state.in_(STANDING)
    )
    return session.scalar(holding(wanted, Award) if lock else wanted)


def shown_of(session: Session, slug: str) -> Award | None:
    """The one the public hears of: the newest of a checked organisation, unless it was replaced."""
    wanted = (
        select(Award)
        .join(Award.organisation)
        .where(Organisation.slug == slug, Organisation.state == "checked")
        .options(joinedload(Award.organisation), joinedload(Award.framework_version))
        .order_by(Award.state.in_(STANDING).desc(), Award.id.desc())
    )
    return session.scalars(wanted.limit(1)).first()


def of_decision(session: Session, decision: Decision) -> Award | None:
    """The standing award that a decision made."""
    wanted = select(Award).where(Award.decision_id == decision.id, Award.state.in_(STANDING))
    return session.scalar(holding(wanted, Award))


def replaced_before(session: Session, award: Award, day: date) -> Award | None:
    """The newest one that it took the place of, if that still had time left."""
    wanted = select(Award).where(
        Award.organisation_id == award.organisation_id,
        Award.state == REPLACED,
        Award.until_on >= day,
        Award.id < award.id,
    )
    return session.scalar(holding(wanted.order_by(Award.id.desc()).limit(1), Award))


def by_reference(session: Session, reference: str, *, lock: bool = False) -> Award | None:
    wanted = select(Award).where(Award.reference == reference).options(*WHOLE)
    return session.scalar(holding(wanted, Award) if lock else wanted)


def by_id(session: Session, award_id: int) -> Award | None:
    """Held, as it stands now."""
    return session.scalar(holding(select(Award).where(Award.id == award_id), Award))


def of_organisation(session: Session, organisation_id: int) -> Sequence[Award]:
    """All of them, newest first."""
    wanted = select(Award).where(Award.organisation_id == organisation_id).options(*WHOLE)
    return session.scalars(wanted.order_by(Award.id.desc()).limit(MOST)).all()


def everyones(session: Session, page: int, *, standing: bool) -> Paged[Award]:
    """What is paused first, then what ends soonest."""
    wanted = select(Award).options(
        joinedload(Award.organisation), joinedload(Award.framework_version)
    )
    if standing:
        wanted = wanted.where(Award.state.in_(STANDING))
    order = (Award.state != PAUSED, Award.until_on, Award.id)
    return paged(session, wanted.order_by(*order), page)


def run_out(session: Session, today: date, after: int) -> Sequence[int]:
    """Those that stand, and whose last day is past."""
    wanted = select(Award.id).where(
        Award.state.in_(STANDING), Award.until_on < today, Award.id > after
    )
    return session.scalars(wanted.order_by(Award.id).limit(MOST)).all()


def to_look_at(session: Session, at: datetime) -> Waiting:
    """Paused ones whose day of review has come, and yearly checks that are due."""
    wanted = select(func.count()).select_from(Award).where(_due(clock.london(at).date()))
    return Waiting(session.scalar(wanted) or 0)


def _due(today: date) -> Any:
    return or_(
        (Award.state == PAUSED) & (Award.review_on <= today),
        (Award.state == LIVE) & (Award.next_check_on <= today),
    )


def held_since(session: Session, organisation_id: int) -> dict[str, date]:
    """By the level's key, since when it is held without a break: an award that was followed by one
    of the same level counts along."""
    award = standing_of(session, organisation_id)
    if award is None:
        return {}
    wanted = select(Award).where(
        Award.organisation_id == organisation_id, Award.state == REPLACED, Award.id < award.id
    )
    first = award
    for before in session.scalars(wanted.order_by(Award.id.desc()).limit(MOST)):
        if before.level != first.level or before.until_on < first.from_on:
            break
        first = before
    return {award.level: first.from_on}
