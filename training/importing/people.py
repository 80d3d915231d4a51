"""Whom an organisation knows, in a number of statements that stays."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation, Person
from training.importing.judging import Known, Whom
from training.models import Practitioner, PractitionerRole, ShownModule
from training.pathways import Pathways
from training.rules import modules_shown
from training.team.queries import standing_roles
from web.folding import fold


def known_to(session: Session, organisation: Organisation, pathways: Pathways) -> Known:
    """Its people with an account, and those whom a lead entered."""
    known = Known()
    _volunteers(session, organisation, known)
    _colleagues(session, organisation, pathways, known)
    return known


def _volunteers(session: Session, organisation: Organisation, known: Known) -> None:
    wanted = (
        standing_roles([organisation])
        .where(Practitioner.person_id.is_(None))
        .with_only_columns(Practitioner.id, Practitioner.name, Practitioner.email)
        .distinct()
    )
    for id_, name, email in session.execute(wanted):
        whom = Whom(id_, None, None)
        known.by_name.setdefault(fold(name), []).append(whom)
        if email:
            known.by_email[email] = whom
        else:
            known.without_email.add(id_)


def _colleagues(
    session: Session, organisation: Organisation, pathways: Pathways, known: Known
) -> None:
    roles, shown = _roles(session, organisation), _shown(session, organisation)
    wanted = (
        select(Person.id, Person.name, Person.email, Person.second_email, Practitioner.id)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Practitioner, Practitioner.person_id == Person.id)
        .where(Membership.organisation_id == organisation.id, Membership.ended_at.is_(None))
    )
    names = set()
    for id_, name, email, second, practitioner in session.execute(wanted):
        seen = modules_shown(pathways, roles[practitioner], shown[practitioner])
        whom = Whom(practitioner, id_, seen)
        names.add(fold(name))
        known.by_email |= {address: whom for address in (email, second) if address}
    known.colleagues = frozenset(names)


def _roles(session: Session, organisation: Organisation) -> dict[int | None, set[str]]:
    found: dict[int | None, set[str]] = defaultdict(set)
    role = PractitionerRole
    wanted = standing_roles([organisation]).with_only_columns(role.practitioner_id, role.role)
    for practitioner, key in session.execute(wanted):
        found[practitioner].add(key)
    return found


def _shown(session: Session, organisation: Organisation) -> dict[int | None, set[str]]:
    found: dict[int | None, set[str]] = defaultdict(set)
    shown = ShownModule
    wanted = select(shown.practitioner_id, shown.module)
    for practitioner, key in session.execute(
        wanted.where(shown.organisation_id == organisation.id)
    ):
        found[practitioner].add(key)
    return found
