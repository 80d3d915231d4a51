"""Making an award of a released decision, and all that moves it afterwards.  No commit here."""

from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from accounts.queries.leading import leads_of
from charter import register
from review.award import credentials, queries
from review.award.states import WORDS
from review.award.workflow import MOVES
from review.models import Award, AwardCheck, AwardEvent, Decision
from review.models.awards import LIVE, PAUSED, STANDING
from review.rules import CLOCK, PORTAL
from web import clock, working_days
from web.audit import record
from web.mail import post
from web.scheme import Scheme
from web.workflow import Refused, perform

EXAMPLE_TEXT = (
    "The framework is still example text: the steering group has not agreed it, so no award can "
    "be made on it. Publish a version that carries who agreed it, and when."
)


def _example_mode() -> bool:
    return bool(current_app.extensions["settings"].example)


def award(session: Session, decision: Decision, *, by: Any, at: datetime, scheme: Scheme) -> Award:
    """From the day of release, for the scheme's years.  One that stood is replaced.

    The same decision twice makes one award.  Raises Refused for a framework that nobody has
    agreed: outside example mode no award is made on example text.
    """
    case = decision.case
    if case.submission.framework_version.example_text and not _example_mode():
        raise Refused([EXAMPLE_TEXT])
    standing = queries.standing_of(session, case.organisation_id, lock=True)
    if standing is not None and standing.decision_id == decision.id:
        return standing
    if standing is not None:
        move(session, standing, "replace", by=PORTAL, at=at, scheme=scheme)
    made = _made(decision, at, scheme)
    event = AwardEvent(award=made, verb="award", before="", after=LIVE, at=at,
                       by_id=getattr(by, "id", None))  # fmt: skip
    session.add_all((made, event))
    session.flush()
    for thing in (made, event):
        record(session, thing, "award", by=by, at=at)
    _show(session, made, at)
    return made


def _made(decision: Decision, at: datetime, scheme: Scheme) -> Award:
    clocks, today = scheme.clocks.endorsement, clock.london(at).date()
    case = decision.case
    until = working_days.months_after(today, 12 * clocks.award_years)
    return Award(
        organisation=case.organisation,
        case=case,
        decision=decision,
        framework_version=case.submission.framework_version,
        track=case.track,
        level=decision.level,
        from_on=today,
        until_on=until,
        state=LIVE,
        checked_how=_checked_how(case),
        next_check_on=working_days.months_after(today, clocks.yearly_check_months),
    )


def _checked_how(case: Any) -> str:
    """The kind and the day of each meeting: pages make a sentence of it."""
    done = [visit for visit in case.visits if visit.done_at is not None]
    return ", ".join(f"{visit.kind} {visit.on.isoformat()}" for visit in done)


def move(
    session: Session,
    award: Award,
    name: str,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
    note: str = "",
) -> None:
    """Raises Refused; then nothing is changed."""
    today = clock.london(at).date()
    with session.no_autoflush:
        event = perform(MOVES, name, award, by=by, at=at, note=note)
        session.add(event)
        _set_days(award, name, today, scheme)
    session.flush()
    for thing in (award, event):
        record(session, thing, name, by=by, at=at)
    _show(session, award, at)
    if "organisation" in MOVES[name].tell:
        _tell(session, award, at, event.note)


def _set_days(award: Award, name: str, today: date, scheme: Scheme) -> None:
    clocks = scheme.clocks.endorsement
    award.review_on = (
        working_days.after(today, clocks.pause_review_working_days, scheme.closed)
        if award.state == PAUSED
        else None
    )
    if name == "check":
        award.next_check_on = working_days.months_after(today, clocks.yearly_check_months)


def _show(session: Session, award: Award, at: datetime) -> None:
    """In public at once: on the register, and in the credential."""
    register.rewrite(session, award.organisation)
    credentials.follow(session, award, at=at)


def _tell(session: Session, award: Award, at: datetime, note: str) -> None:
    for one in leads_of(session, award.organisation):
        post(
            session,
            "review/award",
            to=one.email,
            at=at,
            person_id=one.id,
            name=one.name,
            organisation=award.organisation.name,
            slug=award.organisation.slug,
            stands=str(WORDS[award.state].name),
            state=award.state,
            note=note,
        )


def run_out(session: Session, award_id: int, at: datetime, scheme: Scheme) -> None:
    """Its last day is past."""
    found = queries.by_id(session, award_id)
    if found is not None and found.until_on < clock.london(at).date() and found.state in STANDING:
        move(session, found, "run out", by=CLOCK, at=at, scheme=scheme)


def say_how_it_is(
    session: Session, award: Award, *, still_true: bool, words: str, by: Any, at: datetime
) -> AwardCheck:
    """The organisation's part of the yearly check.  Raises Refused."""
    if award.state != LIVE:
        raise Refused(["The award is not current, so there is no yearly check."])
    check = AwardCheck(award=award, still_true=still_true, words=words, sent_at=at, sent_by=by)
    session.add(check)
    session.flush()
    record(session, check, "send", by=by, at=at)
    return check
