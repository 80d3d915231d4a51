"""Organisations, their people and what they run, made by the real actions."""

from datetime import timedelta
from itertools import count
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from accounts.actions import colleagues, joining, leading, merging, naming, projects
from accounts.actions.organisations import Details, check_organisation, register_organisation
from accounts.models import (
    Invitation,
    LeadHandover,
    Membership,
    MembershipRequest,
    Merger,
    Organisation,
    OrganisationRename,
    Person,
    Place,
    Project,
)
from accounts.queries.colleagues import standing_membership
from tests.builders.people import officer, person
from web import clock
from web.contributions import MergePart

FORTNIGHT = timedelta(days=14)
PLENTY = 100_000
TEAM = "team@charter.example"
_number = count(1)


def organisation(
    session: Session, lead: Person | None = None, name: str = "Kites Youth Club", **more: Any
) -> Organisation:
    """Registered, not checked yet."""
    given = {"kind": "club", "areas": ["ashfield"], "volunteer_run": True} | more
    made = register_organisation(
        session, Details(name=name, **given), by=lead or person(session), at=clock.now()
    )
    session.commit()
    return made


def checked_organisation(session: Session, lead: Person | None = None, **more: Any) -> Organisation:
    made = organisation(session, lead, **more)
    check_organisation(session, made, by=officer(session), at=clock.now())
    session.commit()
    return made


def lead_of(organisation: Organisation) -> Person:
    leads = (m for m in organisation.memberships if m.role == "lead" and m.ended_at is None)
    return next(leads).person


def invitation(
    session: Session, organisation: Organisation, email: str, role: str = "editor"
) -> Invitation:
    made = colleagues.invite(
        session,
        organisation,
        email=email,
        role=role,
        by=lead_of(organisation),
        at=clock.now(),
        good_for=FORTNIGHT,
        most_a_day=PLENTY,
    )
    session.commit()
    return made


def member(
    session: Session,
    organisation: Organisation,
    role: str = "editor",
    name: str = "Sam Reid",
    **more: Any,
) -> Person:
    """Invited and accepted."""
    made = person(session, name, **more)
    asked = invitation(session, organisation, made.email, role)
    colleagues.accept_invitation(session, asked, by=made, at=clock.now())
    session.commit()
    return made


def membership(session: Session, organisation: Organisation, person: Person) -> Membership:
    found = standing_membership(session, organisation, person)
    assert found is not None
    return found


def project(session: Session, organisation: Organisation, name: str = "", **more: Any) -> Project:
    given = {"sort": "open", "areas": ["ashfield"]} | more
    made = projects.add_project(
        session,
        organisation,
        projects.ProjectDetails(name=name or f"Drop-in {next(_number)}", **given),
        by=lead_of(organisation),
        at=clock.now(),
    )
    session.commit()
    return made


def place(session: Session, project: Project, name: str = "", **more: Any) -> Place:
    given = {"area": "ashfield", "address": "1 High Street", "postcode": "NG17 1AA", "show": True}
    made = projects.add_place(
        session,
        project,
        projects.PlaceDetails(name=name or f"Hall {next(_number)}", **(given | more)),
        by=lead_of(project.organisation),
        at=clock.now(),
    )
    session.commit()
    return made


def last_lead_leaves(session: Session, organisation: Organisation) -> Person:
    """Knowing that nobody leads it then."""
    lead = lead_of(organisation)
    mine = membership(session, organisation, lead)
    colleagues.end_membership(session, mine, by=lead, at=clock.now(), knowing=True, team=TEAM)
    session.commit()
    return lead


def asks_to_join(
    session: Session, organisation: Organisation, who: Person, **more: Any
) -> MembershipRequest:
    made = joining.ask(
        session,
        organisation,
        "I run the Tuesday group.",
        by=who,
        at=clock.now(),
        good_for=timedelta(days=28),
        again_after=timedelta(days=7),
        team=TEAM,
        **more,
    )
    session.commit()
    return made


def offers_lead(
    session: Session, organisation: Organisation, to: Membership, afterwards: str = "editor"
) -> LeadHandover:
    made = leading.offer_lead(
        session,
        organisation,
        to,
        afterwards=afterwards,
        by=lead_of(organisation),
        at=clock.now(),
        good_for=FORTNIGHT,
    )
    session.commit()
    return made


def merger(
    session: Session,
    by: Person,
    stays: Organisation | None = None,
    goes: Organisation | None = None,
) -> Merger:
    """Every package's part in it."""
    made = merging.merge(
        session,
        stays or checked_organisation(session, name="Harbour Youth"),
        goes or checked_organisation(session, name="Quayside Kids"),
        by=by,
        at=clock.now(),
        undo_for=timedelta(hours=24),
        parts=merge_parts(),
    )
    session.commit()
    return made


def merge_parts() -> list[MergePart]:
    found = current_app.extensions["contributions"]
    return [part for contribution in found for part in contribution.merging]


def renamed(
    session: Session, organisation: Organisation | None = None, name: str = "Meadow Lane Bikes"
) -> OrganisationRename:
    """A checked one has a new name."""
    club = organisation or checked_organisation(session, name="Cycle Shed")
    made = naming.ask_for_name(session, club, name, by=lead_of(club), at=clock.now())
    session.commit()
    assert made is not None
    return made
