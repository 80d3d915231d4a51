"""Everybody whose standing the next pathways may change: bounded, in statements that stay."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from accounts.models import CLOSED, Membership, Organisation
from training.drafting.effects import Effects, effects
from training.models import Practitioner, PractitionerRole
from training.pathways import Pathways
from training.records import looking

MOST = 20_000


def with_a_role(session: Session) -> Sequence[int]:
    """Ids of practitioners who do something for an organisation today."""
    role = PractitionerRole
    wanted = (
        select(role.practitioner_id)
        .join(Organisation, Organisation.id == role.organisation_id)
        .outerjoin(Membership, Membership.id == role.membership_id)
        .where(role.ended_at.is_(None), Membership.ended_at.is_(None))
        .where(Organisation.state != CLOSED)
        .distinct()
        .order_by(role.practitioner_id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def what_changes(session: Session, older: Pathways, newer: Pathways, today: date) -> Effects:
    known = looking.known(session, with_a_role(session))
    return effects(older, newer, known.seen(older, today), known.seen(newer, today))


def named(session: Session, ids: Iterable[int]) -> list[Practitioner]:
    """By name, with their roles and where they have them."""
    roles = contains_eager(Practitioner.roles)
    wanted = (
        select(Practitioner)
        .join(Practitioner.roles)
        .where(Practitioner.id.in_(list(ids)), PractitionerRole.ended_at.is_(None))
        .options(
            roles.joinedload(PractitionerRole.organisation),
            roles.joinedload(PractitionerRole.membership),
            joinedload(Practitioner.person),
        )
        .execution_options(populate_existing=True)
    )
    found = session.scalars(wanted).unique()
    return sorted(found, key=lambda one: (one.called.casefold(), one.id))
