"""What the example county's clubs sent, and one that took it back."""

from datetime import datetime
from functools import partial
from typing import Any

from accounts.example import TEAM, LivingClub, example_person
from accounts.queries.organisations import hold
from endorsement import example_file
from endorsement.assessing import actions as assessing
from endorsement.assessing.queries import open_assessment
from endorsement.example_file import ExampleAssessment
from endorsement.models import SENT, Assessment
from endorsement.sending import actions, queries, ready
from endorsement.sending.gathering import gathered, level_of
from endorsement.sending.snapshot import Declared
from web.example import County

RETIRED_MONTHS = 12


def plan(county: County) -> None:
    """After each has written all of it (``endorsement.example``), late in the evening."""
    clubs = {living.club.name: living for living in county.things["clubs"]}
    for one in example_file.read().assessments:
        living, back = clubs[one.club], one.taken_back
        if one.sent is not None:
            county.plan(one.sent, partial(_send, county, one, living), hour=21)
        if back is not None:
            county.plan(back.sent, partial(_send, county, one, living), hour=21)
            county.plan(back.on, partial(_take_back, county, living, back.note), hour=18)


def _send(county: County, one: ExampleAssessment, living: LivingClub, at: datetime) -> None:
    hold(county.session, _standing(living))
    assessment = _assessment(county, living)
    whole, level = gathered(county.session, assessment), level_of(assessment)
    stops = [str(stop.sentence) for stop in ready.stops(whole, at, RETIRED_MONTHS)]
    if stops or level is None:
        raise RuntimeError(f"{one.club} is not ready: {stops}")
    who: dict[str, Any] = {"by": living.team[living.club.lead], "at": at}
    role = "Chair" if living.club.volunteer_run else "Chief executive"
    declared = Declared(living.club.lead, role, level)
    actions.send(county.session, whole, declared, reached=level, team=TEAM, **who)
    assessing.keep_point(county.session, assessment, SENT, **who)


def _take_back(county: County, living: LivingClub, note: str, at: datetime) -> None:
    sent = queries.open_submission(county.session, _standing(living))
    if sent is None:
        raise RuntimeError(f"{living.club.name} has sent nothing")
    by = living.team[living.club.lead]
    actions.withdraw(county.session, sent, note=note, by=by, at=at, team=TEAM)


def _assessment(county: County, living: LivingClub) -> Assessment:
    found = open_assessment(county.session, _standing(living))
    if found is None:
        raise RuntimeError(f"{living.club.name} has begun nothing")
    return found


def _standing(living: LivingClub) -> Any:
    if living.organisation is None:
        raise RuntimeError(f"{living.club.name} was not founded yet")
    return living.organisation


CAST = (
    example_person(
        "sent",
        "Lead who has sent a self-assessment",
        "a lead who has sent a self-assessment",
        "Angela has sent how the Kestrel Cadets are doing. It is sealed and waits for an answer.",
        "Angela Roe",
    ),
)
