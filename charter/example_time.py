"""The example county's second year: renewals in each stage, an appeal, a pause that ended badly."""

from datetime import datetime
from functools import partial
from typing import Any

from flask import current_app

from accounts.example import LivingClub, example_person
from charter import actions, queries
from charter.models import Pledge
from web.example import County

STAGES = {"draft": (10,), "sent": (20, 3), "live": (15, 11, 5)}
"""Days ago: begun, sent, confirmed."""


def plan(county: County, living: LivingClub) -> None:
    steps = (_renew, _send, _confirm)
    for days, step in zip(STAGES.get(living.club.renewal or "", ()), steps, strict=False):
        county.plan(days, partial(step, county, living), hour=13)
    if living.club.state == "suspended":
        county.plan(4, partial(_appeal, county, living), hour=12)
    if living.club.state == "ended":
        county.plan(30, partial(_end, county, living), hour=12)


def _renew(county: County, living: LivingClub, at: datetime) -> None:
    version = queries.current_charter(county.session)
    organisation = living.organisation
    if organisation is None or version is None:
        raise RuntimeError("the club and the charter come first")
    pledge = actions.begin(
        county.session, organisation, version, by=_lead(living), at=at, scheme=_scheme()
    )
    _look_back(county, living, pledge, at)
    if living.club.renewal != "draft":
        _write_the_rest(county, living, pledge, at)


def _look_back(county: County, living: LivingClub, pledge: Pledge, at: datetime) -> None:
    told = county.things["words"]["how"]
    earlier = pledge.renews.actions if pledge.renews else []
    some = earlier[:2] if living.club.renewal == "draft" else earlier
    for place, action in enumerate(some):
        one = told[place % len(told)]
        what: dict[str, Any] = {"how": one["how"], "text": one["text"]}
        actions.look_back(county.session, pledge, action, **what, by=_lead(living), at=at)


def _write_the_rest(county: County, living: LivingClub, pledge: Pledge, at: datetime) -> None:
    who: dict[str, Any] = {"by": _lead(living), "at": at}
    name, mail = pledge.contact_name, pledge.contact_email
    actions.see_details(county.session, pledge, contact_name=name, contact_email=mail, **who)
    words, written = county.things["words"], {a.commitment_id for a in pledge.actions}
    for commitment in pledge.charter_version.commitments:
        if commitment.id not in written:
            text = county.random.choice(words.get(commitment.key) or [words["short"]])
            actions.write_action(county.session, pledge, commitment, text, **who)


def _send(county: County, living: LivingClub, at: datetime) -> None:
    actions.send(county.session, _pledge(county, living), by=_lead(living), at=at, scheme=_scheme())


def _confirm(county: County, living: LivingClub, at: datetime) -> None:
    officer = county.things["officers"][0]
    pledge = _pledge(county, living)
    actions.confirm(county.session, pledge, by=officer, at=at, scheme=_scheme(), example=True)


def _appeal(county: County, living: LivingClub, at: datetime) -> None:
    note = "The door was shut because the hall was full. We keep a list now, and ring people first."
    pledge = _pledge(county, living)
    actions.appeal(county.session, pledge, by=_lead(living), at=at, note=note, scheme=_scheme())


def _end(county: County, living: LivingClub, at: datetime) -> None:
    note = "Nobody has answered us for a month, and the group does not meet any more."
    officer = county.things["officers"][0]
    actions.end(county.session, _pledge(county, living), by=officer, at=at, note=note)


def _pledge(county: County, living: LivingClub) -> Pledge:
    organisation = living.organisation
    found = queries.newest_pledge(county.session, organisation) if organisation else None
    if found is None:
        raise RuntimeError(f"{living.club.name} has not begun a pledge")
    return found


def _lead(living: LivingClub) -> Any:
    return living.team[living.club.lead]


def _scheme() -> Any:
    return current_app.extensions["scheme"]


CAST = (
    example_person(
        "renewing",
        "Lead who renews",
        "a lead who renews",
        "Harold’s pledge is due again. He has begun its renewal.",
        "Harold Pym",
    ),
    example_person(
        "paused",
        "Lead of a paused pledge",
        "a lead of a paused pledge",
        "Scott’s pledge is paused. He has asked the team to look again.",
        "Scott Hale",
    ),
    example_person(
        "second-officer",
        "Charter team, a second one",
        "a second one of the Charter team",
        "Tom answers the appeals against what Priya paused.",
        "Tom Okafor",
        "tom@charter.example",
    ),
)
