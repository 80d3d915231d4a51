"""Practitioners and their training, made by the real actions."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from accounts.queries.colleagues import standing_membership
from tests.builders import accounts, people
from tests.web.files import making
from training import versions
from training.badges import following
from training.buddies import actions as buddy_actions
from training.models import (
    PassportLink,
    PathwayVersion,
    Practitioner,
    PractitionerRole,
    TrainingBuddy,
    TrainingRecord,
)
from training.passport import actions as passports
from training.passport.showing import EVERYTHING
from training.pathways.reading import read
from training.records import actions, queries, writing
from training.records.entered import Entered
from training.states import COUNTS, COURSE, PRIOR
from training.team import volunteers
from web import clock
from web.audit import record
from web.audit.chain import name_of
from web.credentials.issuing import of_holder
from web.files.receiving import check
from web.settings import ROOT

DEFAULT = ROOT / "content" / "pathways.toml"


def pathways(session: Session, **changed: Any) -> PathwayVersion:
    """Those the portal starts with, or a version of them with other words."""
    text = read(DEFAULT).model_copy(update=changed)
    made = versions.publish(session, text, by="system:test", at=clock.now())
    session.commit()
    found = made or versions.newest(session)
    assert found is not None
    return found


def practitioner(session: Session, person: Person) -> Practitioner:
    made = actions.own(session, person, at=clock.now())
    session.commit()
    return made


def with_roles(
    session: Session, person: Person, organisation: Organisation, *keys: str
) -> Practitioner:
    """They do this for an organisation they belong to."""
    version = versions.newest(session) or pathways(session)
    made = actions.own(session, person, at=clock.now())
    membership = standing_membership(session, organisation, person)
    assert membership is not None
    actions.choose_roles(
        session, made, membership, keys, pathways=version.pathways, by=person, at=clock.now()
    )
    session.commit()
    return made


def worker(
    session: Session, organisation: Organisation, *keys: str, name: str = "Win Wood", **more: Any
) -> Person:
    """A colleague of an organisation with these roles."""
    made = accounts.member(session, organisation, "viewer", name, **more)
    with_roles(session, made, organisation, *(keys or ("volunteer",)))
    return made


def role_of(
    session: Session, person: Person, organisation: Organisation, key: str = ""
) -> PractitionerRole:
    mine = queries.practitioner_of(session, person)
    assert mine is not None
    here = (r for r in mine.roles if r.organisation_id == organisation.id and r.stands)
    return next(r for r in here if r.role.startswith(key))


def entered(
    session: Session,
    person: Person,
    module: str = "W2",
    on: date | None = None,
    *,
    how: str = COURSE,
    certificate: bytes = b"",
    **more: Any,
) -> TrainingRecord:
    """A record of somebody's own that waits to be checked."""
    mine = practitioner(session, person)
    words = (
        {"words": "I ran a youth club for ten years and led its safety."} if how == PRIOR else {}
    )
    said = Entered(
        module=module, completed_on=on or clock.today(), how=how,
        **({"provider": "Mill Lane Training"} | words | more),
    )  # fmt: skip
    file = check(making.sent(certificate, "Certificate.pdf")) if certificate else None
    made = writing.enter(session, mine, said, file, by=person, at=clock.now())
    session.commit()
    if file is not None:
        file.close()
    return made


def sent_back(session: Session, person: Person, module: str = "W3", **more: Any) -> TrainingRecord:
    """With a note; of prior learning, not recognised."""
    made = entered(session, person, module, **more)
    decide = writing.refuse if made.is_prior else writing.give_back
    decide(session, made, "The day is missing.", by=people.officer(session), at=clock.now())
    session.commit()
    return made


def every_state(session: Session, person: Person) -> dict[str, str]:
    """References of records, by how they stand."""
    return {
        "training_waiting": entered(session, person, "W4", certificate=making.pdf()).reference,
        "training_checked": checked(session, person, "W1").reference,
        "training_returned": sent_back(session, person, "W3").reference,
        "training_refused": sent_back(session, person, "K3", how=PRIOR).reference,
        "training_recognised": checked(session, person, "K1", how=PRIOR).reference,
    }


def checked(
    session: Session,
    person: Person,
    module: str = "W2",
    on: date | None = None,
    *,
    by: Person | None = None,
    **more: Any,
) -> TrainingRecord:
    made = entered(session, person, module, on, **more)
    by = by or people.officer(session)
    if made.is_prior:
        writing.recognise(
            session, made, "Ten years of it.", organisation=None, by=by, at=clock.now()
        )
    else:
        writing.check(session, made, organisation=None, by=by, at=clock.now())
    session.commit()
    return made


def badge(session: Session, person: Person) -> str:
    """The reference of the badge for a stage, all of it checked just now."""
    mine = practitioner(session, person)
    there = {
        record.module for record in queries.records_of(session, mine) if record.state in COUNTS
    }
    for module in {"W1", "W2", "W3", "W4"} - there:
        checked(session, person, module, clock.today() - timedelta(days=1))
    following.follow(session, mine.id, clock.now())
    session.commit()
    return of_holder(session, name_of(mine), following.KIND)[0].reference


def passport_link(session: Session, person: Person, *shows: str, **more: Any) -> PassportLink:
    """A private link that works for a month."""
    mine = practitioner(session, person)
    said = {"shows": shows or EVERYTHING, "days": 30, "for_whom": "Mill Lane"} | more
    made = passports.make(session, mine, **said, by=person, at=clock.now())
    session.commit()
    return made


def checks_noted(
    session: Session, person: Person, organisation: Organisation, *, by: Person | None = None
) -> PractitionerRole:
    """The employer says that its own checks for this role are finished."""
    role = role_of(session, person, organisation)
    by = by or accounts.lead_of(organisation)
    actions.note_checks(session, role, clock.today(), None, by=by, at=clock.now())
    session.commit()
    return role


def volunteer(
    session: Session, organisation: Organisation, email: str = "", name: str = "Vic Vale"
) -> Practitioner:
    """Somebody without an account, entered by a lead."""
    version = versions.newest(session) or pathways(session)
    made = volunteers.enter(
        session, organisation, name, email, ["volunteer"], pathways=version.pathways,
        by=accounts.lead_of(organisation), at=clock.now(), most_a_day=50,
    )  # fmt: skip
    session.commit()
    return made


def to_check(session: Session, lead: Person, person: Person) -> dict[str, str]:
    """At the lead's first organisation somebody's record waits to be checked, and there is
    somebody without an account, whose address is theirs."""
    first = lead.memberships[0].organisation
    with_roles(session, person, first, "volunteer", "trustee")
    return {
        "to_check": entered(session, person, certificate=making.picture()).reference,
        "volunteer": volunteer(session, first, person.email).reference,
        "trustee": role_of(session, person, first, "trustee").reference,
    }


def buddies(session: Session, one: Organisation, other: Organisation) -> TrainingBuddy:
    """Two organisations that check each other's training."""
    asks, agrees = accounts.lead_of(one), accounts.lead_of(other)
    made = buddy_actions.ask(session, one, other, by=asks, at=clock.now())
    buddy_actions.agree(session, made, by=agrees, at=clock.now())
    session.commit()
    return made


def in_sample(session: Session, person: Person) -> str:
    """The reference of a checked record of theirs that is to be looked at again."""
    made = checked(session, person, "M2")
    made.draw = 0
    record(session, made, "draw", by="system:test", at=clock.now())
    session.commit()
    return made.reference
