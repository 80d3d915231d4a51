"""What the right person does next with a case, whoever of them is tied or gone.

Until it is decided there is always something: whoever finds none has found a case that is stuck.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from accounts.actions import people as accounts
from review import queries, rules, states
from review.allocation import actions as allocating
from review.allocation import answering
from review.allocation.jobs import jobs as assessing_jobs
from review.desk import questions
from review.desk.jobs import jobs as desk_jobs
from review.flags import actions as flags
from review.models import Case
from review.moderation import actions as checking
from review.outcome import appeals, conditions
from review.panel import asking, releasing, staging, writing
from review.panel.counting import Cast
from review.panel.jobs import job as panel_job
from review.panel.voting import Choice, vote_of
from review.parts import ACCEPTED, ASKED, PROPOSED, SENT
from review.report import actions as reporting
from review.report import facts
from review.report import rules as report_rules
from review.report.actions import Found
from review.report.jobs import jobs as report_jobs
from review.report.loading import OneStandard, SentPoint, sent_points
from review.visits import actions as visiting
from review.visits.actions import Planned, Seen
from steering import actions as steering
from steering import queries as group_queries
from tests.builders import charter as pledges
from tests.builders import group as groups
from tests.builders import panel as build
from tests.builders import people
from tests.builders import review as cases
from tests.builders.group import Group
from tests.builders.panel import who
from web import clock
from web.jobs import Each

CLOCK = (*assessing_jobs, *desk_jobs, *report_jobs, panel_job, conditions.job)
_number = count(1)


def the_clock_runs(session: Session) -> None:
    """Every job of the review, as the worker runs it: each thing a commit of its own."""
    for job in CLOCK:
        assert isinstance(job.run, Each)
        for one in job.run.find(session, clock.now(), 0):
            job.run.do(session, one, clock.now())
            session.commit()


def go_on(session: Session, group: Group, case: Case) -> None:
    """One step on.  Raises where nobody can do anything."""
    the_clock_runs(session)
    found = queries.by_id(session, case.id, lock=True)
    assert found is not None
    before = found.state
    for flag in [flag for flag in found.flags if flag.closed_at is None]:
        flags.close(session, flag, "Seen to.", **who(_safe(session)))
    if found.state == before:
        STEPS[found.state](session, group, found)
    session.commit()


def free(session: Session, case: Case, found: Iterable[Any]) -> list[Any]:
    """Those whom no tie bars."""
    now, scheme = clock.now(), cases.scheme()
    return [p for p in found if not group_queries.is_barred(session, p, case, now, scheme)]


def _officer(session: Session, group: Group, case: Case) -> Any:
    found = free(session, case, [group.officer])
    return found[0] if found else people.officer(session, f"Officer {next(_number)}")


def _safe(session: Session) -> Any:
    person = people.person(session, f"Safe {next(_number)}")
    accounts.appoint(session, person, "safeguarding", by="system:test", at=clock.now())
    return person


# Until all have read


def _find(session: Session, group: Group, case: Case) -> None:
    asked = next((a for a in case.allocations if a.state == ASKED), None)
    if asked is not None:
        answering.accept(session, asked, **who(asked.person))
        return
    officer = _officer(session, group, case)
    for shortage in allocating.propose_for(session, [case], **who(officer)).shortages:
        for _ in range(shortage.needs):
            groups.assessor(session, officer, f"New {next(_number)}", kind=shortage.kind)
        session.commit()
        return
    session.refresh(case, ["allocations"])
    allocating.ask(session, case, **who(officer))


def _read(session: Session, group: Group, case: Case) -> None:
    if any(a.state in (PROPOSED, ASKED) for a in case.allocations):
        _find_more(session, group, case)
        return
    open_ = next((q for q in case.questions if q.closed_at is None), None)
    if open_ is not None:
        lead = pledges.lead_of(case.organisation)
        questions.answer(session, open_, "Every week.", **who(lead))
        return
    mine = next(a for a in case.allocations if a.state == ACCEPTED)
    cases.sent(session, mine)


def _find_more(session: Session, group: Group, case: Case) -> None:
    asked = next((a for a in case.allocations if a.state == ASKED), None)
    if asked is not None:
        answering.accept(session, asked, **who(asked.person))
    else:
        allocating.ask(session, case, **who(_officer(session, group, case)))


# Until the panel


def _adult(session: Session, case: Case) -> Any:
    parts = [a.person for a in case.allocations if a.state == SENT and a.part == "adult"]
    return free(session, case, parts)[0]


def _meet(session: Session, group: Group, case: Case) -> None:
    adult, level = _adult(session, case), case.framework.level_by_key[case.level]
    young = free(session, case, group.young) if level.young_assessor else []
    young = young if len(young) > 1 else []
    planned = Planned("visit", clock.today(), "Two of us", young)
    visit = visiting.arrange(session, case, planned, by=adult, at=clock.now())
    seen = Seen(clock.today(), "Two of us", "A full hall.", True, True)
    visiting.write_down(session, visit, seen, by=adult, at=clock.now())
    session.refresh(case, ["visits"])
    visiting.met(session, case, **who(adult))


def _report(session: Session, _group: Group, case: Case) -> None:
    adult, now = _adult(session, case), clock.now()
    readings = report_rules.readings_by_standard(case)
    for standard in case.standards:
        rated = [r.rating for r in readings.get(standard.key, ()) if r.rating is not None]
        found = Found(min(rated, default=2), False, "As it was seen.", "Ask young people.")
        reporting.write_finding(session, case, standard, found, by=adult, at=now)
    reporting.write_words(session, case, "They do well.", "It is a good place.", by=adult)
    reporting.send(session, case, [], **who(adult))


def _facts(session: Session, _group: Group, case: Case) -> None:
    facts.send(session, case, **who(pledges.lead_of(case.organisation)))


def _check(session: Session, group: Group, case: Case) -> None:
    """The last fact is answered by one of the assessors; where none is left, others read it."""
    lead = _lead(session, group, case, lambda person: rules.moderates(person, case) is True)
    open_ = [p for p in sent_points(case) if p.answered_at is None]
    parts = [a.person for a in case.allocations if a.state == SENT and a.part == "adult"]
    adults = free(session, case, parts)
    if open_ and not adults:
        checking.send_back(session, case, "Nobody is left to answer.", **who(lead))
        return
    for number, point in enumerate(open_):
        facts.answer(
            session, SentPoint(case, number, point), accepted=False, words="We saw it.",
            found=None, by=adults[0], at=clock.now(),
        )  # fmt: skip
    assert case.report is not None
    for finding in case.report.findings:
        if finding.looked_at_why and finding.moderated_at is None:
            one = OneStandard(case, case.framework.by_key[finding.standard], finding)
            checking.settle(session, one, None, "", by=lead, at=clock.now())
    checking.pass_on(session, case, **who(lead))


def _lead(session: Session, group: Group, case: Case, may: Callable[[Any], bool]) -> Any:
    known = group_queries.lead_assessors_without_a_tie(session, case, clock.now(), cases.scheme())
    found = [person for person in known if may(person)]
    if found:
        return found[0]
    officer = _officer(session, group, case)
    return groups.assessor(session, officer, f"Lead {next(_number)}", leads=True)


# The panel


def _vote(session: Session, group: Group, case: Case) -> None:
    mine = [b for b in build.ballots(case) if free(session, case, [b.person])]
    waiting = [b for b in mine if vote_of(b) is None and b.person.active]
    for ballot in waiting:
        build.vote(session, ballot, Choice("not yet"))
    short = staging.short_of(case, cases.scheme())
    for name in short:
        guest = people.person(session, f"Guest {next(_number)}")
        made = asking.ask_guest(session, case, guest, name, **who(_officer(session, group, case)))
        build.vote(session, made, Choice("not yet"))
    session.flush()
    session.refresh(case, ["ballots"])
    leader = leads(session, group, case)
    try:
        staging.stage(session, case, **who(leader))
    except staging.Tie:
        session.rollback()
        again = queries.by_id(session, case.id, lock=True)
        assert again is not None
        lowest = Cast("agency", 0, with_conditions=True)  # "not yet" decides no tie of conditions
        staging.stage(session, again, casting=lowest, **who(leader))


def leads(session: Session, group: Group, case: Case) -> Any:
    """Whoever leads the panel on it; where nobody can, another chair is found."""
    chairs = [one.person for one in group_queries.chairs(session, clock.today())]
    others = [b.person for b in build.ballots(case)]
    able = [p for p in (*chairs, *others) if rules.leads_the_panel(p, case) is True]
    found = free(session, case, able)
    return found[0] if found else _another_chair(session, group, case)


def _another_chair(session: Session, group: Group, case: Case) -> Any:
    officer, now = _officer(session, group, case), clock.now()
    old = group_queries.standing_chairs(session)[0]
    steering.end_chairing(session, old, "Tied.", by=officer, at=now)
    seats = [one.person for one in group_queries.holders(session, clock.today())]
    new = next(
        p
        for p in free(session, case, seats)
        if not rules.took_part(p, case) and not group_queries.chairings_of(session, p)
    )
    steering.make_chair(
        session, new, old.part, began_on=clock.today(), ends_on=groups.ENDS,
        decision="Asked round.", by=officer, at=now,
    )  # fmt: skip
    session.commit()
    return new


def _tell(session: Session, group: Group, case: Case) -> None:
    decision = writing.staged(case)
    assert decision is not None
    leader = leads(session, group, case)
    tied = {p.id for b in build.ballots(case) for p in [b.person]} - {
        p.id for p in free(session, case, [b.person for b in build.ballots(case)])
    }
    if tied & releasing.counted_people(decision) or rules.readings_count(case) is not True:
        releasing.undo(session, case, "A tie was found.", **who(leader))
        return
    for condition in [c for c in decision.conditions if c.state == "open"]:
        writing.drop_condition(session, condition, by=leader, at=clock.now())
    if decision.outcome == "conditions":
        writing.add_condition(
            session, decision, case.standards[0].key, "Write it down.",
            clock.today() + timedelta(days=60), **who(leader),
        )  # fmt: skip
    build.written(session, decision, leader)
    session.commit()
    if decision.youth_differ:
        clock.freeze(clock.now() + timedelta(days=14))
    releasing.release(session, case, **who(_officer(session, group, case)))


def _hear(session: Session, group: Group, case: Case) -> None:
    lead = _lead(session, group, case, lambda person: rules.hears_appeal(person, case) is True)
    appeals.answer(session, case, uphold=False, words="It stays.", **who(lead))


STEPS: dict[str, Callable[[Session, Group, Case], None]] = {
    states.WAITING: _find,
    states.ALLOCATED: _find,
    states.DESK: _read,
    states.QUESTION: _read,
    states.VISIT: _meet,
    states.REPORT: _report,
    states.FACT_CHECK: _facts,
    states.MODERATION: _check,
    states.PANEL: _vote,
    states.SECOND_APPEAL: _vote,
    states.STAGED: _tell,
    states.APPEAL: _hear,
}
