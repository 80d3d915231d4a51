"""Volunteers without an account: a lead enters them, and they claim what is theirs later.

Nobody claims what they entered or checked themselves: that would be checking one's own.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries.colleagues import standing_membership
from accounts.rules import may_lead_organisation
from training import rules
from training.models import (
    Practitioner,
    PractitionerProject,
    PractitionerRole,
    TrainingRecord,
)
from training.pathways import Pathways
from training.records import actions, queries, writing
from training.sessions import booking
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist

KIND = "training/entered"
DAY = timedelta(days=1)


def enter(
    session: Session,
    organisation: Organisation,
    name: str,
    email: str,
    roles: Collection[str],
    *,
    pathways: Pathways,
    by: Any,
    at: datetime,
    most_a_day: int,
) -> Practitioner:
    """Whoever has an address is told, with a link to claim it.  Raises Refused."""
    insist(may_lead_organisation(by, organisation))
    if set(roles) - set(pathways.role_by_key):
        raise Refused([_("Choose what they do.")])
    if _entered_lately(session, by, at) >= most_a_day:
        raise Refused([_("You entered many people today. Go on tomorrow.")])
    made = Practitioner(name=name, email=email, began_at=at, entered_by_id=by.id)
    session.add(made)
    session.flush()
    record(session, made, "enter", by=by, at=at)
    for key in dict.fromkeys(roles):
        _begin(session, made, organisation, key, by, at)
    session.expire(made, ["roles"])
    if email:
        facts = {"name": name, "organisation": organisation.name, "who": by.name}
        post(session, KIND, to=email, at=at, reference=made.reference, **facts)
    return made


def _entered_lately(session: Session, by: Any, at: datetime) -> int:
    wanted = select(func.count()).where(
        Practitioner.entered_by_id == by.id, Practitioner.began_at > at - DAY
    )
    return session.scalar(wanted) or 0


def _begin(
    session: Session,
    practitioner: Practitioner,
    organisation: Organisation,
    key: str,
    by: Any,
    at: datetime,
) -> None:
    role = PractitionerRole(
        practitioner_id=practitioner.id,
        organisation_id=organisation.id,
        role=key,
        began_at=at,
        chosen_by_id=by.id,
    )
    session.add(role)
    session.flush()
    record(session, role, "choose", by=by, at=at)


def leave(
    session: Session, practitioner: Practitioner, organisation: Organisation, *, by: Any, at: Any
) -> None:
    """They are not with the organisation any more; what they learned stays theirs to claim."""
    insist(may_lead_organisation(by, organisation))
    for role in practitioner.roles:
        if role.organisation_id == organisation.id and role.membership_id is None:
            actions.end_role(session, role, by=by, at=at)


def may_claim(person: Any, practitioner: Practitioner) -> Any:
    """Only the address it was entered for, once its owner has shown that it is theirs."""
    if person.confirmed_at is None or practitioner.email not in person.emails:
        return rules.NOT_YOURS
    own = practitioner.entered_by_id == person.id or any(
        person.id in (r.entered_by_id, r.checked_by_id) for r in practitioner.records
    )
    return rules.NOT_OWN if own else True


def claim(session: Session, practitioner: Practitioner, *, by: Any, at: datetime) -> None:
    """It becomes theirs; whoever has training of their own already gets it added to that."""
    insist(may_claim(by, practitioner))
    queries.hold(session, practitioner)
    own = queries.practitioner_of(session, by, lock=True)
    if own is not None:
        _move_to(session, practitioner, own, by, at)
        return
    practitioner.person, practitioner.claimed_at = by, at
    practitioner.name = practitioner.email = ""
    session.flush()
    record(session, practitioner, "claim", by=by, at=at)
    for role in practitioner.roles:
        _join(session, role, by, at)


def _join(session: Session, role: PractitionerRole, by: Any, at: datetime) -> None:
    """Where they belong to the organisation by now, the role goes on with that."""
    membership = standing_membership(session, role.organisation, by)
    if membership is not None and role.ended_at is None:
        role.membership = membership
        session.flush()
        record(session, role, "claim", by=by, at=at)


def _move_to(
    session: Session, entered: Practitioner, own: Practitioner, by: Any, at: datetime
) -> None:
    here = {(r.organisation_id, r.role) for r in own.roles if r.ended_at is None}
    for role in list(entered.roles):
        if (role.organisation_id, role.role) in here:
            actions.end_role(session, role, by=by, at=at)
        _hand_over(session, role, own, by, at)
        _join(session, role, by, at)
    for training in list(entered.records):
        _hand_over(session, training, own, by, at)
    booking.hand_over(session, entered, own, by=by, at=at)
    _hand_over_projects(session, entered, own, by, at)
    session.expire(entered, ["roles", "records", "bookings", "projects"])
    writing.forget(session, entered, by=by, at=at)


def _hand_over(
    session: Session,
    thing: PractitionerRole | TrainingRecord,
    own: Practitioner,
    by: Any,
    at: datetime,
) -> None:
    thing.practitioner = own
    session.flush()
    record(session, thing, "claim", by=by, at=at)


def _hand_over_projects(
    session: Session, entered: Practitioner, own: Practitioner, by: Any, at: datetime
) -> None:
    there = {one.project_id for one in own.projects}
    for one in entered.projects:
        if one.project_id not in there:
            made = PractitionerProject(
                practitioner_id=own.id, project_id=one.project_id, chosen_at=one.chosen_at
            )
            session.add(made)
            record(session, made, "claim", by=by, at=at)
    session.flush()
    session.expire(own, ["projects"])


def not_me(session: Session, practitioner: Practitioner, *, by: Any, at: datetime) -> None:
    """The address is somebody else's: it is taken out."""
    practitioner.email = ""
    session.flush()
    record(session, practitioner, "not me", by=by, at=at)


def waiting_for(session: Session, person: Any) -> list[Practitioner]:
    """What was entered for an address of theirs."""
    wanted = select(Practitioner).where(
        Practitioner.person_id.is_(None), Practitioner.email.in_(person.emails)
    )
    return list(session.scalars(wanted.order_by(Practitioner.id).limit(20)))
