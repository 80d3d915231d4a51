"""A self-assessment of the year before that was sent too: its award can be renewed."""

from datetime import datetime
from typing import Any

from accounts.example import TEAM, LivingClub
from accounts.queries.organisations import hold
from endorsement.assessing.queries import open_assessment
from endorsement.sending import actions, ready
from endorsement.sending.gathering import gathered, level_of
from endorsement.sending.snapshot import Declared
from web.example import County

RETIRED_MONTHS = 12


def send(county: County, living: LivingClub, at: datetime) -> None:
    if living.organisation is None:
        raise RuntimeError(f"{living.club.name} was not founded yet")
    hold(county.session, living.organisation)
    assessment = open_assessment(county.session, living.organisation)
    if assessment is None:
        raise RuntimeError(f"{living.club.name} has begun nothing")
    whole, level = gathered(county.session, assessment), level_of(assessment)
    stops = [str(stop.sentence) for stop in ready.stops(whole, at, RETIRED_MONTHS)]
    if stops or level is None:
        raise RuntimeError(f"{living.club.name} is not ready: {stops}")
    who: dict[str, Any] = {"by": living.team[living.club.lead], "at": at}
    role = "Chair" if living.club.volunteer_run else "Chief executive"
    declared = Declared(living.club.lead, role, level)
    actions.send(county.session, whole, declared, reached=level, team=TEAM, **who)
