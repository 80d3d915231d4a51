"""Reading the plan."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Organisation
from endorsement.models import HelpOffer, ImprovementAction

MOST = 1000
"""Actions of one organisation that a page shows; nobody works a longer plan."""


def actions_of(session: Session, organisation: Organisation) -> Sequence[ImprovementAction]:
    """All of them, the soonest first, those without a day after them."""
    wanted = select(ImprovementAction).where(ImprovementAction.organisation_id == organisation.id)
    soonest = wanted.order_by(
        ImprovementAction.by_on.is_(None), ImprovementAction.by_on, ImprovementAction.id
    )
    return session.scalars(soonest.limit(MOST)).all()


def actions_for(
    session: Session, organisation: Organisation, standard: str
) -> Sequence[ImprovementAction]:
    """Those of one standard, oldest first."""
    wanted = select(ImprovementAction).where(
        ImprovementAction.organisation_id == organisation.id,
        ImprovementAction.standard == standard,
    )
    return session.scalars(wanted.order_by(ImprovementAction.id).limit(MOST)).all()


def action_by_reference(
    session: Session, organisation: Organisation, reference: str, *, lock: bool = False
) -> ImprovementAction | None:
    wanted = select(ImprovementAction).where(
        ImprovementAction.organisation_id == organisation.id,
        ImprovementAction.reference == reference,
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.scalar(wanted)


def open_counts(
    session: Session, organisations: Sequence[Organisation], today: date
) -> dict[int, tuple[int, int]]:
    """By the organisation's id: how many are open, and how many of them overdue."""
    late = func.count().filter(ImprovementAction.by_on < today)
    wanted = (
        select(ImprovementAction.organisation_id, func.count(), late)
        .where(
            ImprovementAction.organisation_id.in_([o.id for o in organisations]),
            ImprovementAction.done_on.is_(None),
            ImprovementAction.dropped_on.is_(None),
        )
        .group_by(ImprovementAction.organisation_id)
    )
    return {number: (open_, overdue) for number, open_, overdue in session.execute(wanted)}


def due_by(session: Session, day: date) -> Sequence[ImprovementAction]:
    """Open actions of every organisation that are due by a day: for the weekly digest."""
    wanted = select(ImprovementAction).where(
        ImprovementAction.by_on <= day,
        ImprovementAction.done_on.is_(None),
        ImprovementAction.dropped_on.is_(None),
    )
    whole = wanted.options(joinedload(ImprovementAction.organisation))
    return session.scalars(whole.order_by(ImprovementAction.id)).all()


def offers_for(
    session: Session, organisation: Organisation, standards: Sequence[str]
) -> dict[str, list[HelpOffer]]:
    """What others offer, by standard: of organisations that are checked, a few for each."""
    wanted = (
        select(HelpOffer)
        .join(HelpOffer.organisation)
        .where(
            HelpOffer.standard.in_(standards),
            HelpOffer.withdrawn_at.is_(None),
            HelpOffer.organisation_id != organisation.id,
            Organisation.state == "checked",
        )
        .options(joinedload(HelpOffer.organisation))
    )
    found: dict[str, list[HelpOffer]] = {}
    for offer in session.scalars(wanted.order_by(HelpOffer.offered_at.desc()).limit(500)):
        found.setdefault(offer.standard, []).append(offer)
    return {key: offers[:5] for key, offers in found.items()}


def own_offers(session: Session, organisation: Organisation) -> dict[str, HelpOffer]:
    """What the organisation offers to others, by standard."""
    wanted = select(HelpOffer).where(
        HelpOffer.organisation_id == organisation.id, HelpOffer.withdrawn_at.is_(None)
    )
    return {offer.standard: offer for offer in session.scalars(wanted)}
