"""Finding an organisation's people and all they learned, in a number of statements that stays."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from accounts.models import Membership, Organisation, Project
from training import status
from training.models import (
    Practitioner,
    PractitionerProject,
    PractitionerRole,
    ShownModule,
    TrainingRecord,
)
from training.pathways import Pathways
from training.records import facts
from training.records.queries import booked, charters
from training.rules import modules_shown
from training.team.counting import Counts, counted
from training.team.looking import Member

Teams = dict[int, list[Member]]


def standing_roles(organisations: Sequence[Organisation]) -> Select[Any]:
    """What anybody does there today."""
    role = PractitionerRole
    return (
        select(role)
        .join(Practitioner, Practitioner.id == role.practitioner_id)
        .outerjoin(Membership, Membership.id == role.membership_id)
        .where(role.organisation_id.in_([o.id for o in organisations]))
        .where(role.ended_at.is_(None), Membership.ended_at.is_(None))
    )


def teams(
    session: Session, organisations: Sequence[Organisation], pathways: Pathways, today: date
) -> Teams:
    """By organisation, its people by name."""
    return dict(each_team(session, organisations, pathways, today))


def each_team(
    session: Session, organisations: Sequence[Organisation], pathways: Pathways, today: date
) -> Iterator[tuple[int, list[Member]]]:
    """One after the other: whoever only counts need not hold a whole county's pictures."""
    wanted = standing_roles(organisations)
    known = _learned(session, wanted)
    shown = _shown(session, organisations)
    days, projects = charters(session), _projects(session, organisations)
    found: dict[int, dict[int, list[PractitionerRole]]] = defaultdict(lambda: defaultdict(list))
    named = contains_eager(PractitionerRole.practitioner).joinedload(Practitioner.person)
    for role in session.scalars(wanted.options(named).order_by(PractitionerRole.id)):
        found[role.organisation_id][role.practitioner_id].append(role)

    def member(organisation_id: int, roles: list[PractitionerRole]) -> Member:
        owner, keys = roles[0].practitioner, tuple(role.role for role in roles)
        seen = modules_shown(pathways, keys, shown[owner.id, organisation_id])
        picture = status.picture(pathways, keys, known[owner.id], today, days)
        return Member(owner, keys, seen, picture, projects[owner.id, organisation_id])

    for o in organisations:
        members = (member(o.id, roles) for roles in found[o.id].values())
        yield o.id, sorted(members, key=lambda m: (m.called.casefold(), m.practitioner.id))


def team(
    session: Session, organisation: Organisation, pathways: Pathways, today: date
) -> list[Member]:
    return teams(session, [organisation], pathways, today)[organisation.id]


def _learned(session: Session, roles: Select[Any]) -> dict[int, list[status.Record]]:
    """Their columns alone: a large team has thousands."""
    record = TrainingRecord
    owners = roles.with_only_columns(PractitionerRole.practitioner_id)
    wanted = select(
        record.practitioner_id,
        record.module,
        record.completed_on,
        record.how,
        record.is_update,
        record.state,
    ).where(record.practitioner_id.in_(owners))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(wanted):
        found[row.practitioner_id].append(row)
    known: dict[int, list[status.Record]] = defaultdict(list)
    known.update({owner: list(facts.of_records(rows)) for owner, rows in found.items()})
    for owner, bookings in booked(session, owners).items():
        known[owner].extend(facts.of_bookings(bookings))
    return known


def _shown(
    session: Session, organisations: Sequence[Organisation]
) -> dict[tuple[int, int], set[str]]:
    wanted = select(ShownModule).where(
        ShownModule.organisation_id.in_([o.id for o in organisations])
    )
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for shown in session.scalars(wanted):
        found[shown.practitioner_id, shown.organisation_id].add(shown.module)
    return found


def _projects(
    session: Session, organisations: Sequence[Organisation]
) -> dict[tuple[int, int], frozenset[str]]:
    """By person and organisation, the addresses of the projects they work in."""
    wanted = (
        select(PractitionerProject.practitioner_id, Project.organisation_id, Project.slug)
        .join(Project, Project.id == PractitionerProject.project_id)
        .where(Project.organisation_id.in_([o.id for o in organisations]))
    )
    found: dict[tuple[int, int], frozenset[str]] = defaultdict(frozenset)
    for owner, organisation_id, address in session.execute(wanted):
        found[owner, organisation_id] |= {address}
    return found


def without_role(session: Session, organisation: Organisation) -> int:
    """How many colleagues did not say yet what they do."""
    return _without_role(session, [organisation]).get(organisation.id, 0)


def _without_role(session: Session, organisations: Sequence[Organisation]) -> dict[int, int]:
    doing = (
        select(PractitionerRole.id)
        .where(PractitionerRole.membership_id == Membership.id)
        .where(PractitionerRole.ended_at.is_(None))
    )
    wanted = (
        select(Membership.organisation_id, func.count())
        .where(
            Membership.organisation_id.in_([o.id for o in organisations]),
            Membership.ended_at.is_(None),
            ~doing.exists(),
        )
        .group_by(Membership.organisation_id)
    )
    return dict(session.execute(wanted).all())


def counts(
    session: Session,
    organisations: Sequence[Organisation],
    pathways: Pathways,
    today: date,
    watched: Collection[str],
) -> dict[int, Counts]:
    """By organisation, how its people stand: numbers alone, in statements that stay as many."""
    silent = _without_role(session, organisations)
    return {
        id_: counted(pathways, members, today, watched=watched, without_role=silent.get(id_, 0))
        for id_, members in each_team(session, organisations, pathways, today)
    }
