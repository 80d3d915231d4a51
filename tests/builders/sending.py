"""Self-assessments that could be sent, and submissions."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from charter import queries as charter_queries
from charter import states as pledge_states
from endorsement import versions
from endorsement.framework.reading import read
from endorsement.models import Answer, Assessment, FrameworkVersion, ImprovementAction, Submission
from endorsement.sending import actions
from endorsement.sending.snapshot import Declared, Whole
from tests.builders import charter as pledges
from web import clock
from web.audit import record
from web.references import new_reference
from web.settings import ROOT

TEAM = "team@charter.example"
DECLARED = Declared("Joan Price", "Chair", "foundation")
REASON = "All of us know it, and we looked at it again in May."


def version(session: Session, code: str = "2026", **change: Any) -> FrameworkVersion:
    """The text the portal starts with, as a version."""
    text = read(ROOT / "content" / "framework.toml").model_copy(update={"code": code, **change})
    made = versions.publish(session, text, by="system:test", at=clock.now())
    session.commit()
    return made or versions.by_code(session, code)  # type: ignore[return-value]


def agreed(session: Session, code: str = "2027") -> FrameworkVersion:
    return version(session, code, agreed_by="The steering group", agreed_on=date(2027, 2, 1))


def ready(
    session: Session,
    organisation: Organisation | None = None,
    *,
    of: FrameworkVersion | None = None,
    track: str = "small",
    rating: int = 2,
) -> Assessment:
    """An organisation with a live pledge that has answered all there is; G3 waits for a plan."""
    club = organisation or pledges.club(session)
    if charter_queries.standing_pledge(session, club) is None:
        pledges.pledge(session, pledge_states.LIVE, organisation=club)
    made = begun(session, club, of or versions.newest(session) or version(session), track)
    for standard in made.framework.on_track(track):
        say(session, made, standard.key, rating=1 if standard.key == "G3" else rating)
    plan(session, made, "G3")
    return made


def begun(
    session: Session, club: Organisation, of: FrameworkVersion, track: str = "small"
) -> Assessment:
    lead = pledges.lead_of(club)
    made = Assessment(
        reference=new_reference(),
        organisation=club,
        framework_version=of,
        track=track,
        four_tuesdays=False,
        began_at=clock.now(),
        began_by_id=lead.id,
    )
    session.add(made)
    session.flush()
    record(session, made, "begin", by=lead, at=clock.now())
    session.commit()
    return made


def say(session: Session, made: Assessment, key: str, **said: Any) -> Answer:
    """What stands there now, whatever stood there before."""
    lead = pledges.lead_of(made.organisation)
    answer = next((a for a in made.answers if a.standard == key), None)
    if answer is None:
        answer = Answer(assessment=made, standard=key, reason=REASON, voices="", shown_by="")
    for name, value in {"rating": None, "does_not_apply": False, **said}.items():
        setattr(answer, name, value)
    answer.changed_at, answer.changed_by_id = clock.now(), lead.id
    session.add(answer)
    session.flush()
    record(session, answer, "write", by=lead, at=clock.now())
    session.commit()
    return answer


def plan(session: Session, made: Assessment, key: str, **more: Any) -> ImprovementAction:
    lead = pledges.lead_of(made.organisation)
    action = ImprovementAction(
        reference=new_reference(),
        organisation=made.organisation,
        standard=key,
        written_at=clock.now(),
        written_by_id=lead.id,
        **{"what": "We look at our plan together each term.", "who": "Joan", **more},
    )
    session.add(action)
    session.flush()
    record(session, action, "plan", by=lead, at=clock.now())
    session.commit()
    return action


def whole(session: Session, made: Assessment) -> Whole:
    """As the loader gathers it."""
    from sqlalchemy import select

    mine = select(ImprovementAction).where(
        ImprovementAction.organisation_id == made.organisation_id
    )
    return Whole(
        assessment=made,
        actions=session.scalars(mine.order_by(ImprovementAction.id)).all(),
        pledge=charter_queries.standing_pledge(session, made.organisation),
    )


def sent(session: Session, made: Assessment | None = None, **more: Any) -> Submission:
    made = made or ready(session)
    lead = pledges.lead_of(made.organisation)
    submission = actions.send(
        session,
        whole(session, made),
        more.pop("declared", DECLARED),
        reached="foundation",
        by=lead,
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
