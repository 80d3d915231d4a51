"""All that changes a practitioner, their roles and who sees what."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation
from accounts.queries.people import hold as hold_person
from training import rules
from training.models import Practitioner, PractitionerProject, PractitionerRole, ShownModule
from training.pathways import Pathways
from training.records import queries
from web.audit import record
from web.workflow import Refused, insist


def own(session: Session, person: Any, *, at: datetime, by: Any = None) -> Practitioner:
    """Somebody's own, begun when they first need it, by themselves or by a lead who enters
    something for them; locked until the commit."""
    hold_person(session, person)
    found = queries.practitioner_of(session, person, lock=True)
    if found is not None:
        return found
    made = Practitioner(person=person, began_at=at)
    session.add(made)
    session.flush()
    record(session, made, "begin", by=by or person, at=at)
    return made


def choose_roles(
    session: Session,
    practitioner: Practitioner,
    membership: Membership,
    keys: Collection[str],
    *,
    pathways: Pathways,
    by: Any,
    at: datetime,
) -> None:
    """What they do for the organisation of a membership: these, and no others.  Raises Refused."""
    insist(rules.may_write_for(by, practitioner))
    queries.hold(session, practitioner)
    if unknown := sorted(set(keys) - set(pathways.role_by_key)):
        raise Refused([f"There is no role “{unknown[0]}”."])
    standing = _standing(practitioner, membership)
    for key, role in standing.items():
        if key not in keys:
            end_role(session, role, by=by, at=at)
    for key in dict.fromkeys(keys):
        if key not in standing:
            _begin_role(session, practitioner, membership, key, by, at)


def choose_projects(
    session: Session,
    practitioner: Practitioner,
    organisation: Organisation,
    chosen: Collection[str],
    *,
    by: Any,
    at: datetime,
) -> None:
    """In which projects of the organisation they work, by their addresses: these, and no others."""
    insist(rules.may_write_for(by, practitioner))
    queries.hold(session, practitioner)
    offered = {project.id: project for project in organisation.projects}
    there = {one.project_id: one for one in practitioner.projects if one.project_id in offered}
    wanted = {p.id for p in offered.values() if p.slug in chosen and not p.closed}
    for id_, one in there.items():
        if id_ not in wanted and not offered[id_].closed:
            record(session, one, "leave", by=by, at=at)
            session.delete(one)
    for id_ in sorted(wanted - set(there)):
        made = PractitionerProject(practitioner_id=practitioner.id, project_id=id_, chosen_at=at)
        session.add(made)
        record(session, made, "choose", by=by, at=at)
    session.flush()
    session.expire(practitioner, ["projects"])


def _standing(practitioner: Practitioner, membership: Membership) -> dict[str, PractitionerRole]:
    return {r.role: r for r in practitioner.roles if r.stands and r.membership_id == membership.id}


def _begin_role(
    session: Session,
    practitioner: Practitioner,
    membership: Membership,
    key: str,
    by: Any,
    at: datetime,
) -> None:
    """One that a membership of before has left behind gives way."""
    for old in practitioner.roles:
        same = old.role == key and old.organisation_id == membership.organisation_id
        if same and old.ended_at is None:
            end_role(session, old, by=by, at=at)
    session.flush()
    role = PractitionerRole(
        practitioner=practitioner,
        organisation=membership.organisation,
        membership=membership,
        role=key,
        began_at=at,
        chosen_by_id=by.id,
    )
    session.add(role)
    session.flush()
    record(session, role, "choose", by=by, at=at)


def end_role(session: Session, role: PractitionerRole, *, by: Any, at: datetime) -> None:
    """It stays as history.  It ended with its membership where that was earlier."""
    if role.ended_at is None:
        role.ended_at = role.left_at or at
        record(session, role, "end", by=by, at=at)


def show_modules(
    session: Session,
    practitioner: Practitioner,
    organisation: Organisation,
    modules: Collection[str],
    *,
    by: Any,
    at: datetime,
) -> None:
    """What this organisation may see beyond what their roles need: these, and no others."""
    if not rules.is_own(by, practitioner):
        raise Refused([rules.NOT_YOURS])
    queries.hold(session, practitioner)
    standing = {s.module: s for s in queries.shown_to(session, practitioner, organisation)}
    for module, shown in standing.items():
        if module not in modules:
            record(session, shown, "hide", by=by, at=at)
            session.delete(shown)
    for module in sorted(set(modules) - set(standing)):
        made = ShownModule(
            practitioner_id=practitioner.id,
            organisation_id=organisation.id,
            module=module,
            chosen_at=at,
        )
        session.add(made)
        record(session, made, "show", by=by, at=at)
    session.flush()
    session.expire(practitioner, ["shown"])


def note_checks(
    session: Session,
    role: PractitionerRole,
    done_on: date,
    review_on: date | None,
    *,
    by: Any,
    at: datetime,
) -> None:
    """The employer's own checks for this role are finished.  Nothing else is ever written down."""
    insist(rules.may_note_checks(by, role))
    role.checks_on, role.checks_review_on, role.checks_by_id = done_on, review_on, by.id
    record(session, role, "note checks", by=by, at=at)


def forget_checks(session: Session, role: PractitionerRole, *, by: Any, at: datetime) -> None:
    role.checks_on = role.checks_review_on = role.checks_by_id = None
    record(session, role, "forget checks", by=by, at=at)


def let_check(session: Session, role: PractitionerRole, *, by: Any, at: datetime) -> None:
    """They may check what colleagues learned, as long as they do this.  Raises Refused."""
    insist(rules.may_let_check(by, role))
    if not role.stands or role.membership_id is None:
        raise Refused([_("They do not do this any more.")])
    if role.may_check_since is None:
        role.may_check_since, role.let_check_by_id = at, by.id
        record(session, role, "let check", by=by, at=at)


def let_check_no_more(session: Session, role: PractitionerRole, *, by: Any, at: datetime) -> None:
    insist(rules.may_let_check(by, role))
    if role.may_check_since is not None:
        role.may_check_since = role.let_check_by_id = None
        record(session, role, "let check no more", by=by, at=at)
