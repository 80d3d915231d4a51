"""Cases before the panel, voted on, decided and told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from review import queries, rules
from review.models import Ballot, Case, Decision
from review.outcome import appeals
from review.panel import meetings, releasing, staging, ties, voting, writing
from review.panel.voting import Choice
from review.states import PANEL
from steering import queries as steering
from tests.builders import charter as pledges
from tests.builders import group as groups
from tests.builders import review as build
from tests.builders import sending
from tests.builders.again import again
from tests.builders.group import Group
from web import clock
from web.audit import record

GROUPS = ("agency", "voluntary", "youth")


def who(by: Any) -> dict[str, Any]:
    return {"by": by, "at": clock.now(), "scheme": build.scheme()}


def at_panel(session: Session, group: Group, submission: Any = None) -> Case:
    return build.case_at(session, group, PANEL, submission)


def ballots(case: Case, group: str | None = None) -> list[Ballot]:
    """Those of this stage that are open."""
    stage = rules.stage_of(case)
    return [
        b
        for b in case.ballots
        if b.stage == stage and b.standing == "open" and group in (None, b.constituency)
    ]


def open_pack(session: Session, ballot: Ballot) -> None:
    if ballot.asked_about_ties_at is None:
        ties.answer(session, ballot, ties.NONE, **who(ballot.person))


def endorse(case: Case, **more: Any) -> Choice:
    return Choice("for", case.level, **more)


def vote(session: Session, ballot: Ballot, choice: Choice | None = None) -> Any:
    open_pack(session, ballot)
    chosen = choice or endorse(ballot.case)
    return voting.cast(session, ballot, chosen, **who(ballot.person))


def all_vote(session: Session, case: Case, **by_group: Choice) -> None:
    """Everybody who is asked; unless said otherwise, for what was asked for."""
    for ballot in ballots(case):
        vote(session, ballot, by_group.get(ballot.constituency))


@again
def staged(session: Session, group: Group, case: Case | None = None, **votes: Choice) -> Decision:
    case = case or at_panel(session, group)
    all_vote(session, case, **votes)
    decision = staging.stage(session, case, **who(group.chair))
    session.commit()
    return decision


def written(session: Session, decision: Decision, by: Any) -> None:
    """All that is owed before it is told."""
    writing.say_why(session, decision, "It is a good place.", by=by, at=clock.now())
    for row in decision.standards:
        writing.say_of_standard(
            session, row, row.why or "We saw it.", row.next_step or "Ask young people.",
            by=by, at=clock.now(),
        )  # fmt: skip
    if decision.outcome == "conditions" and not decision.conditions:
        writing.add_condition(
            session, decision, decision.standards[0].standard, "Write it down.",
            clock.today() + timedelta(days=60), **who(by),
        )  # fmt: skip
    if decision.youth_differ:
        writing.answer_youth(session, decision, "We heard you.", by=by, at=clock.now())


@again
def released(session: Session, group: Group, case: Case | None = None, **votes: Choice) -> Decision:
    decision = staged(session, group, case, **votes)
    written(session, decision, group.chair)
    if decision.youth_differ:
        clock.freeze(clock.now() + timedelta(days=8))
    releasing.release(session, decision.case, **who(group.officer))
    session.commit()
    return decision


CLUBS = ("panel", "staged", "told", "heard")
"""Clubs of the access table, by how far their cases have come."""


def for_the_table(
    session: Session, group: Group, addresses: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """By the club, the names its pages are found by."""
    cases = {}
    for name in CLUBS:
        found = sending.sent_by(session, addresses[name]["slug"])
        case = queries.by_reference(session, found["submission"])
        assert case is not None
        cases[name] = build.case_at(session, _by_others(group, name), PANEL, case.submission)
    for ballot in ballots(cases["panel"]):
        open_pack(session, ballot)
    starts_at = clock.now() + timedelta(days=9)
    meeting = meetings.plan(session, starts_at, "Hall", by=group.officer, at=clock.now())
    meetings.put_on_agenda(session, meeting, [cases["panel"]], by=group.officer, at=clock.now())
    decisions = {name: _answered(session, group, cases[name]) for name in CLUBS[1:]}
    found = {name: {"submission": case.reference} for name, case in cases.items()}
    for name, decision in decisions.items():
        found[name]["condition"] = decision.conditions[0].reference
    found["panel"]["panel_meeting"] = meeting.reference
    _tell(session, group, cases["told"])
    _tell(session, group, cases["heard"])
    lead = pledges.lead_of(cases["heard"].organisation)
    appeals.ask(session, cases["heard"], "Please look again.", **who(lead))
    return found


def outsider(session: Session, group: Group) -> Any:
    """A lead assessor with a part in nothing yet."""
    return groups.assessor(session, group.officer, "Uma Uninvolved", leads=True)


def _by_others(group: Group, name: str) -> Group:
    """Whom an appeal is heard by had no part before."""
    return replace(group, lead_assessor=group.second_lead) if name == "heard" else group


def _tell(session: Session, group: Group, case: Case) -> None:
    """The young members have had their days to read the answer."""
    decision = writing.staged(case)
    assert decision is not None
    assert decision.for_youth_at is not None
    decision.for_youth_at -= timedelta(days=9)
    session.flush()
    record(session, decision, "answer", by=group.chair, at=clock.now())
    releasing.release(session, case, **who(group.officer))


def _answered(session: Session, group: Group, case: Case) -> Decision:
    """Awarded with conditions, and most young members voted for something else."""
    with_conditions = endorse(case, with_conditions=True)
    for number, ballot in enumerate(ballots(case)):
        against = ballot.constituency == "youth" and number % 4
        vote(session, ballot, Choice("not yet") if against else with_conditions)
    decision = staging.stage(session, case, **who(group.chair))
    written(session, decision, group.chair)
    return decision


def group_of(session: Session, officer: Any) -> Group:
    """The steering group that there is, as the builders know one."""
    found = Group(officer=officer)
    for term in steering.holders(session, clock.today()):
        held = found.members if term.part == "member" else found.deputies
        held.setdefault(term.constituency, []).append(term.person)
    (found.chair, *_others) = [one.person for one in steering.chairs(session, clock.today())]
    for one in steering.assessors(session, clock.today()):
        if one.kind == "young":
            found.young.append(one.person)
        elif one.leads:
            found.second_lead, found.lead_assessor = found.lead_assessor, one.person
        else:
            found.assessors.append(one.person)
    return found
