"""The panel's votes, the decision, its release, and an appeal, by the real actions."""

from collections.abc import Iterable
from datetime import datetime

from review import rules
from review.example.steps import Living, officer, who, words
from review.models import Ballot, Case
from review.outcome import appeals, conditions
from review.panel import releasing, staging, ties, voting, writing
from review.panel.voting import Choice
from review.states import LAPSED
from web.example import County

LEAVE = "youth"
"""While a vote goes on, the young members still have to cast theirs."""


def some_vote(county: County, one: Living, at: datetime) -> None:
    """The others have voted; the young members have not."""
    case = one.case(county)
    _vote(county, one, case, [b for b in _open(case) if b.constituency != LEAVE], at)


def all_vote(county: County, one: Living, at: datetime) -> None:
    case = one.case(county)
    _vote(county, one, case, [b for b in _open(case) if voting.vote_of(b) is None], at)


def _open(case: Case) -> list[Ballot]:
    stage = rules.stage_of(case)
    return [b for b in case.ballots if b.stage == stage and b.standing == "open"]


def _vote(county: County, one: Living, case: Case, ballots: Iterable[Ballot], at: datetime) -> None:
    for ballot in ballots:
        if ballot.asked_about_ties_at is None:
            ties.answer(county.session, ballot, ties.NONE, **who(ballot.person, at))
        wanted = _choice(one, case, ballot)
        voting.cast(county.session, ballot, wanted, **who(ballot.person, at))


def _choice(one: Living, case: Case, ballot: Ballot) -> Choice:
    """As the assessors recommend, unless the file says that the young members see it otherwise."""
    level = case.report.level if case.report else None
    if level is None or (ballot.constituency == LEAVE and one.told.youth):
        return Choice("not yet")
    return Choice("for", level, with_conditions=bool(one.told.condition))


def stage(county: County, one: Living, at: datetime) -> None:
    case, chair = one.case(county), county.things["group"].chair
    decision = staging.stage(county.session, case, **who(chair, at))
    writing.say_why(county.session, decision, one.told.summary, by=chair, at=at)
    drawn = words(county)
    for row in decision.standards:
        writing.say_of_standard(
            county.session, row,
            row.why or drawn.one(drawn.told.reasons),
            row.next_step or drawn.one(drawn.told.next_steps),
            by=chair, at=at,
        )  # fmt: skip
    if decision.youth_differ:
        writing.answer_youth(county.session, decision, drawn.told.for_youth, by=chair, at=at)


def release(county: County, one: Living, at: datetime) -> None:
    """After the five working days in which the young members can read their answer."""
    releasing.release(county.session, one.case(county), **who(officer(county), at))


def appeal(county: County, one: Living, at: datetime) -> None:
    appeals.ask(county.session, one.case(county), one.told.appeal, **who(one.lead, at))


def turn_down(county: County, one: Living, at: datetime) -> None:
    case = one.case(county)
    by = next(x for x in county.things["group"].leads if not rules.took_part(x, case))
    appeals.answer(county.session, case, uphold=False, words=one.told.answer, **who(by, at))


def appeal_again(county: County, one: Living, at: datetime) -> None:
    appeals.ask(county.session, one.case(county), one.told.appeal_again, **who(one.lead, at))


def lapse(county: County, one: Living, at: datetime) -> None:
    """The day of its condition has passed, and the clock ends the award."""
    case = one.case(county)
    conditions.lapse(county.session, case.id, at)
    if case.state != LAPSED:
        raise RuntimeError(f"{one.told.club}: its condition has not lapsed by then")
