"""Self-assessments that could be sent, and submissions."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries import organisation_by_slug
from charter import queries as charter_queries
from charter import states as pledge_states
from endorsement import versions
from endorsement.assessing import queries
from endorsement.models import Assessment, FrameworkVersion, Submission
from endorsement.sending import actions
from endorsement.sending import queries as sending_queries
from endorsement.sending.gathering import gathered, level_of
from endorsement.sending.snapshot import Declared, Whole
from tests.builders import charter as pledges
from tests.builders import quality
from tests.builders.again import again
from web import clock

TEAM = "team@charter.example"
DECLARED = Declared("Joan Price", "Chair", "foundation")


def agreed(session: Session, code: str = "2027") -> FrameworkVersion:
    """The text the portal starts with, agreed by a group."""
    on = date(2027, 2, 1)
    return quality.framework(session, code=code, agreed_by="The steering group", agreed_on=on)


@again
def ready(
    session: Session, organisation: Organisation | None = None, *, track: str = "small"
) -> Assessment:
    """An organisation with a live pledge that has answered all there is; G3 waits for a plan."""
    club = organisation or pledges.club(session)
    if charter_queries.standing_pledge(session, club) is None:
        pledges.pledge(session, pledge_states.LIVE, organisation=club)
    if versions.newest(session) is None:
        agreed(session)
    return quality.rated(session, club, {"G3": 1}, track=track)


def say(session: Session, made: Assessment, key: str, rating: int | None, **said: Any) -> None:
    quality.answer(session, made, key, rating, **said)


def whole(session: Session, made: Assessment) -> Whole:
    return gathered(session, made)


@again
def sent(session: Session, made: Assessment | None = None, **more: Any) -> Submission:
    made = made or ready(session)
    submission = actions.send(
        session,
        gathered(session, made),
        more.pop("declared", DECLARED),
        reached=level_of(made),
        by=pledges.lead_of(made.organisation),
        at=clock.now(),
        team=TEAM,
    )
    session.commit()
    return submission


def withdrawn(session: Session, made: Submission | None = None) -> Submission:
    made = made or sent(session)
    lead = pledges.lead_of(made.organisation)
    actions.withdraw(session, made, note="We found a gap.", by=lead, at=clock.now(), team=TEAM)
    session.commit()
    return made


def sent_by(session: Session, slug: str) -> dict[str, str]:
    """What the organisation sent, however far its self-assessment is: by name, its reference."""
    organisation = organisation_by_slug(session, slug)
    assert organisation is not None
    made = queries.open_assessment(session, organisation) or quality.rated(session, organisation)
    return {"submission": sent(session, made).reference}


def ready_by(session: Session, slug: str) -> None:
    """An organisation whose pledge stands has answered all there is, and waits for no decision."""
    organisation = organisation_by_slug(session, slug)
    assert organisation is not None
    made = queries.open_assessment(session, organisation) or quality.assessment(
        session, organisation
    )
    for standard in made.framework.on_track(made.track):
        quality.answer(session, made, standard.key)
    standing = sending_queries.open_submission(session, organisation)
    if standing is not None:
        withdrawn(session, standing)
