"""Whom of its people an organisation lets check: trustees and line managers who say they are.

Its leads and editors check anyway.
"""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session, contains_eager, joinedload

from accounts.models import Membership, Organisation
from accounts.rules import EDITOR, LEAD
from training import versions
from training.checking.loading import own_organisation, writing
from training.checking.queries import roles_of_colleagues
from training.models import Practitioner, PractitionerRole
from training.pathways import Pathways
from web.database import db, holding

MOST = 200


def _that_check(organisation: Organisation, pathways: Pathways | None) -> Select[Any]:
    keys = [role.key for role in pathways.roles if role.checks] if pathways is not None else []
    return roles_of_colleagues(organisation).where(PractitionerRole.role.in_(keys))


def of(
    session: Session, organisation: Organisation, pathways: Pathways | None
) -> list[PractitionerRole]:
    """Those who may check, and those who could be let."""
    named = joinedload(PractitionerRole.practitioner).joinedload(Practitioner.person)
    wanted: Select[Any] = (
        _that_check(organisation, pathways)
        .where(Membership.role.not_in((LEAD, EDITOR)))
        .options(contains_eager(PractitionerRole.membership), named)
        .order_by(PractitionerRole.id)
    )
    return list(session.scalars(wanted.limit(MOST)))


def one(person: Any, slug: str, reference: str) -> PractitionerRole | None:
    organisation = own_organisation(person, slug)
    if organisation is None:
        return None
    version = versions.newest(db())
    there = _that_check(organisation, version.pathways if version is not None else None)
    wanted = there.where(PractitionerRole.reference == reference)
    return db().scalar(holding(wanted, PractitionerRole) if writing() else wanted)
