"""Two organisations, A and B, and everybody who may knock: what the access table is asked of."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.actions import colleagues
from accounts.queries import organisation_by_slug
from charter import actions, states
from review import queries as cases
from review.award import queries as awards
from review.states import DESK, FACT_CHECK, MODERATION, PANEL, REPORT, VISIT
from steering import actions as ties
from steering import queries as steering
from tests.builders import (
    accounts,
    drafts,
    evidence,
    imports,
    pathway_drafts,
    people,
    platforms,
    sessions,
    training_sessions,
    workers,
    youth,
)
from tests.builders import addresses as mailboxes
from tests.builders import charter as pledges
from tests.builders import frameworks as quality
from tests.builders import group as groups
from tests.builders import panel as panels
from tests.builders import quality as qualities
from tests.builders import review as reviews
from tests.builders import sending as submissions
from tests.builders import training as trainings
from tests.builders.credentials import credential
from tests.client import PortalClient
from tests.web.files import making
from training import versions as pathways
from web import clock
from web.mail import OutboxMail

WHO = (
    "nobody",
    "practitioner",
    "viewer",
    "editor",
    "lead",
    "lead of B",
    "officer",
    "tied officer",
    "left",
    "data protection",
    "assessor",
    "tied assessor",
    "lead assessor",
    "member",
    "youth member",
    "chair",
    "safeguarding",
    "machine",
)
"""A row's cells are in this order.

Viewer, editor, lead and left are A's; the tied officer is a viewer there too, and the tied assessor
was asked to read A's case before the tie was found.
"""


SESSIONS = {
    states.DRAFT: "interested",
    states.SENT: "offered",
    states.LIVE: "booked",
    states.SUSPENDED: "done",
    "appealed": "done",
    "renewal": "interested",
}
"""How the charter session of A's organisations stands, by the state of its pledge."""


AS = {"left": "editor", "tied officer": "viewer"}


@dataclass(frozen=True)
class World:
    people: dict[str, str | None]
    """By persona, what stands in their session cookie; None: no cookie."""
    addresses: dict[str, dict[str, str]]
    """By name, the arguments of addresses."""
    token: str = ""
    """The machine's."""
    browsers: dict[str, PortalClient] = field(default_factory=dict)
    """By persona, a browser in which they are signed in with their second factor shown."""


def build(session: Session, app: Flask) -> World:
    """A has three forms, alike but for their pledge: not sent yet, sent, live."""
    pledges.agreed_charter(session)
    submissions.agreed(session, "2026")
    pathways.load_default(session)
    pathways.load_default(session)
    lead = people.person(session, "Lena Lead")
    team = {role: people.person(session, role.title()) for role in ("editor", "viewer", "left")}
    officer, tied = people.officer(session), people.officer(session, "Tied Officer")
    other = people.person(session, "Otto Other")
    accounts.checked_organisation(session, other, name="Other Side Club")
    addresses = {}
    worker = workers.pledge(session, "Wanda")
    workers.pledge(session, "Lena", email=lead.email, state="unconfirmed")
    team["tied officer"] = tied
    pausing = people.officer(session, "Pausing Officer")
    for state in (states.DRAFT, states.SENT, states.LIVE, states.SUSPENDED, "appealed", "renewal"):
        organisation = accounts.checked_organisation(session, lead, name=f"Club {state}")
        for role, person in team.items():
            _join(session, organisation, person, AS.get(role, role))
        addresses[state] = _addresses(session, organisation, state, pausing)
    unpledged = accounts.checked_organisation(session, lead, name="Club nothing yet")
    for role, person in team.items():
        _join(session, unpledged, person, AS.get(role, role))
    addresses[states.DRAFT]["framework_draft"] = quality.begun(session, officer).reference
    addresses[states.DRAFT]["charter_draft"] = drafts.begun(session, officer).reference
    addresses[states.DRAFT] |= qualities.in_every_stage(session, addresses[states.DRAFT]["slug"])
    addresses[states.DRAFT]["evidence_file"] = _with_file(session, lead)
    addresses[states.DRAFT] |= submissions.sent_by(session, addresses[states.DRAFT]["slug"])
    addresses[states.DRAFT] |= trainings.to_check(session, lead, team["viewer"])
    addresses[states.DRAFT] |= trainings.every_state(session, team["viewer"])
    clubs = (person.memberships[0].organisation for person in (lead, other))
    addresses[states.DRAFT]["buddy"] = trainings.buddies(session, *clubs).reference
    token, learning = platforms.in_hand(session, officer)
    addresses[states.DRAFT] |= learning
    addresses[states.DRAFT]["checked_again"] = trainings.in_sample(session, team["viewer"])
    addresses[states.DRAFT]["pathway_draft"] = pathway_drafts.in_hand(session, officer)
    addresses[states.DRAFT]["import"] = imports.of_every_kind(session, lead).reference
    addresses[states.DRAFT]["badge"] = trainings.badge(session, team["viewer"])
    addresses[states.DRAFT]["passport"] = trainings.passport_link(session, team["viewer"]).reference
    addresses["none"] = {"slug": unpledged.slug}
    for name in panels.CLUBS:
        club = accounts.checked_organisation(session, lead, name=f"Club {name}")
        for role, person in team.items():
            _join(session, club, person, AS.get(role, role))
        addresses[name] = {"slug": club.slug}
    change = mailboxes.making_main(
        session, mailboxes.with_second(session, people.person(session, "Mina Moving"))
    )
    merger, rename = accounts.merger(session, officer), accounts.renamed(session)
    lost = mailboxes.lost(session, change.email, "new@example.org")
    notice = mailboxes.started(
        session, mailboxes.lost(session, lead.email, "lena@example.com"), officer
    )
    for known in addresses.values():
        known |= {"merger": merger.reference, "rename": rename.reference}
        known |= {"address": change.reference, "lost": lost.reference, "notice": notice.reference}
    addresses["unled"] = {"slug": _unled(session, lead, team).slug}
    for known in addresses.values():
        known["worker"] = worker.reference
    session.commit()
    practitioner = people.person(session)
    asked = people.data_request(session, practitioner)
    given = training_sessions.offered(session, lead.memberships[0].organisation, by=lead)
    booked = training_sessions.booked(session, given, practitioner)
    signed = credential(session)
    for known in addresses.values():
        known["data_request"] = asked.reference
        known |= {"training_session": given.reference, "training_code": given.code}
        known |= {"training_booking": booked.reference, "credential": signed.reference}
    who = {"nobody": None, "practitioner": practitioner, "lead": lead, **team}
    who |= {"lead of B": other, "officer": officer}
    who["data protection"] = people.data_protection_lead(session)
    who |= _steering_group(session, addresses)
    seat, tie = steering.seats(session)[0], steering.ties_of(session, who["tied assessor"])[0]
    known = {"seat": seat.reference, "seat_term": seat.terms[0].reference, "tie": tie.reference}
    asked = youth.invited(session, None, "young assessor", by=officer, supporter=practitioner)
    known["youth_seat"] = asked.reference
    addresses[states.DRAFT] |= known
    session.commit()
    who["machine"] = None
    return World({k: p.fs_uniquifier if p else None for k, p in who.items()}, addresses, token)


FURTHER = {
    "visit": (VISIT, states.SENT),
    "report": (REPORT, states.LIVE),
    "facts": (FACT_CHECK, states.SUSPENDED),
    "moderation": (MODERATION, "appealed"),
}
"""Cases that have come further, by the word of a row: the state, and which club of A's it is."""


def _steering_group(session: Session, addresses: dict[str, dict[str, str]]) -> dict[str, Any]:
    """A's case is being read by two of them; one turned out to be tied to A.  The other asked A
    something, and is worried."""
    group = groups.group(session)
    known = addresses[states.DRAFT]
    case = cases.by_reference(session, known["submission"])
    assert case is not None
    reviews.case_at(session, group, DESK, case.submission)
    addresses[states.DRAFT]["part"] = case.allocations[0].reference
    tied = group.assessors[1]
    mine = next(a for a in case.allocations if a.person is group.assessors[0])
    known["question"] = reviews.asked(session, mine, "A1").reference
    known["flag"] = reviews.flagged(session, mine).reference
    ties.note_tie(session, tied, case.organisation, "relative", by=group.officer, at=clock.now())
    for name, (state, club) in FURTHER.items():
        addresses[name] = addresses[club] | _further(session, group, tied, state, addresses[club])
    addresses["awarded"] = addresses["renewal"] | _awarded(session, group, addresses["renewal"])
    for name, further in panels.for_the_table(session, group, addresses).items():
        addresses[name] |= further
        slug = addresses[name]["slug"]
        club = organisation_by_slug(session, slug)
        ties.note_tie(session, tied, club, "relative", by=group.officer, at=clock.now())
    session.commit()
    return {
        "assessor": group.assessors[0],
        "tied assessor": tied,
        "lead assessor": group.lead_assessor,
        "member": group.members["voluntary"][1],
        "youth member": group.members["youth"][0],
        "chair": group.chair,
        "safeguarding": people.safeguarding_lead(session),
    }


def _further(
    session: Session, group: Any, tied: Any, state: str, known: dict[str, str]
) -> dict[str, str]:
    found = submissions.sent_by(session, known["slug"])
    case = cases.by_reference(session, found["submission"])
    assert case is not None
    reviews.case_at(session, group, state, case.submission)
    ties.note_tie(session, tied, case.organisation, "relative", by=group.officer, at=clock.now())
    if state == VISIT:
        found["visit"] = reviews.arranged(session, group, case).reference
    if state == REPORT:
        found["condition"] = reviews.proposed(session, group, case).reference
    if state == MODERATION:
        reviews.with_a_fact(session, case)
    return found


def _awarded(session: Session, group: Any, known: dict[str, str]) -> dict[str, str]:
    case = cases.by_reference(session, submissions.sent_by(session, known["slug"])["submission"])
    assert case is not None
    panels.released(session, group, reviews.case_at(session, group, PANEL, case.submission))
    award = awards.standing_of(session, case.organisation_id)
    assert award is not None
    return {"award": award.reference}


def _with_file(session: Session, lead: Any) -> str:
    """What A's first organisation keeps as a file."""
    (first, *_others) = (m.organisation for m in lead.memberships)
    return evidence.file(session, first, making.picture(), "Hall.png", standards=("A1",)).reference


def _unled(session: Session, lead: Any, team: dict[str, Any]) -> Any:
    """The lead has left it; viewer, editor and the tied officer stay."""
    made = accounts.checked_organisation(session, lead, name="Club without a lead")
    for role, person in team.items():
        _join(session, made, person, AS.get(role, role))
    accounts.last_lead_leaves(session, made)
    return made


def _join(session: Session, organisation: Any, person: Any, role: str) -> None:
    asked = accounts.invitation(session, organisation, person.email, role)
    colleagues.accept_invitation(session, asked, by=person, at=clock.now())
    session.flush()
    if person.name == "Left":
        lead = accounts.lead_of(organisation)
        standing = accounts.membership(session, organisation, person)
        colleagues.end_membership(session, standing, by=lead, at=clock.now())


def _addresses(session: Session, organisation: Any, state: str, officer: Any) -> dict[str, str]:
    project = accounts.project(session, organisation)
    place = accounts.place(session, project)
    closed = accounts.project(session, organisation)
    waiting = accounts.invitation(session, organisation, "new@example.org")
    asked = accounts.asks_to_join(session, organisation, people.person(session, "Asa Asker"))
    editor = next(m for m in organisation.memberships if m.role == "editor" and not m.ended_at)
    accounts.offers_lead(session, organisation, editor)
    if state == "renewal":
        pledge = _being_renewed(session, organisation, officer)
    elif state == "appealed":
        pledge = _appealed(session, organisation, officer)
    else:
        pledge = pledges.pledge(session, state, organisation=organisation, by=officer)
    booking = sessions.booking(session, SESSIONS[state], organisation=organisation, by=officer)
    viewer = next(m for m in organisation.memberships if m.role == "viewer")
    shown = evidence.item(session, organisation)
    return {
        "slug": organisation.slug,
        "project": project.slug,
        "closed": closed.slug,
        "place": place.reference,
        "invitation": waiting.reference,
        "pledge": pledge.reference,
        "request": asked.reference,
        "session": booking.reference,
        "evidence": shown.reference,
        "viewer": viewer.reference,
    }


def _appealed(session: Session, organisation: Any, officer: Any) -> Any:
    paused = pledges.pledge(session, states.SUSPENDED, organisation=organisation, by=officer)
    lead = pledges.lead_of(organisation)
    who = {"by": lead, "at": clock.now(), "note": "It was not us.", "scheme": pledges.scheme()}
    actions.appeal(session, paused, **who)
    return paused


def _being_renewed(session: Session, organisation: Any, officer: Any) -> Any:
    """A pledge that is due again, whose renewal is being written."""
    now = clock.now()
    clock.freeze(now - timedelta(days=370))
    standing = pledges.pledge(session, states.LIVE, organisation=organisation, by=officer)
    clock.freeze(now)
    for mail in session.scalars(select(OutboxMail)):
        mail.due_at = max(mail.due_at, now)  # else /health/ready finds the worker asleep for a year
    return pledges.renewal(session, standing)


__all__ = ["WHO", "World", "build"]
