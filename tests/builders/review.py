"""Cases in every state.

What has real actions goes through them.  Stages whose pages are still being built set their rows
here and make the table's own move: whoever builds the stage puts its actions in the place.
"""

from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from review import queries
from review.allocation import actions as allocating
from review.allocation import answering
from review.desk import actions as reading
from review.desk import queries as desk
from review.desk import questions
from review.desk.loading import Reader
from review.flags import actions as flags
from review.models import Allocation, Case, Condition, FactPoint, Flag, Question, Visit
from review.moderation import actions as checking
from review.moves import make
from review.parts import ACCEPTED
from review.report import actions as reporting
from review.report import facts
from review.report.loading import OneStandard
from review.states import (
    ALLOCATED,
    DESK,
    FACT_CHECK,
    MODERATION,
    PANEL,
    REPORT,
    VISIT,
    WAITING,
)
from review.visits import actions as visiting
from review.visits.actions import Planned, Seen
from steering.queries import assessors
from tests.builders import charter as pledges
from tests.builders import sending
from tests.builders.again import again
from tests.builders.group import Group
from web import clock
from web.audit import record
from web.working_days import months_after

ORDER = (WAITING, ALLOCATED, DESK, VISIT, REPORT, FACT_CHECK, MODERATION, PANEL)


def scheme() -> Any:
    return current_app.extensions["scheme"]


def waiting(session: Session, submission: Any = None) -> Case:
    """Opened by sending."""
    submission = submission or sending.sent(session)
    case = queries.by_reference(session, submission.reference)
    assert case is not None
    return case


@again
def case_at(session: Session, group: Group, state: str, submission: Any = None) -> Case:
    """A case that has come as far as this state, by the usual way, from where it stands."""
    case = waiting(session, submission)
    for step, reach in zip(ORDER[1:], STEPS, strict=True):
        if case.state == state:
            break
        if ORDER.index(step) <= ORDER.index(case.state):
            continue
        reach(session, group, case)
        assert case.state == step
    session.commit()
    return case


def _move(session: Session, name: str, case: Case, by: Any, **more: Any) -> None:
    make(session, name, case, by=by, at=clock.now(), scheme=scheme(), **more)


def given(session: Session, group: Group, case: Case, *people: Any) -> Case:
    """These are given the case and asked; without any, the group's first ones."""
    young = case.framework.level_by_key[case.level].young_assessor
    usual = [*group.assessors[:2], *(group.young[:1] if young else [])]
    terms = {term.person_id: term for term in assessors(session, clock.today())}
    for person in people or usual:
        roomy = _at(group.officer) | {"scheme": _roomy()}
        allocating.add(session, case, terms[person.id], **roomy)
    allocating.ask(session, case, **_at(group.officer))
    return case


def _roomy() -> Any:
    """A test gives somebody as many cases as it likes; those of the limit ask for themselves."""
    told = scheme()
    of_quality = told.clocks.endorsement.model_copy(update={"open_cases_per_assessor": 50})
    clocks = told.clocks.model_copy(update={"endorsement": of_quality})
    return told.model_copy(update={"clocks": clocks})


def _at(by: Any) -> dict[str, Any]:
    return {"by": by, "at": clock.now(), "scheme": scheme()}


def _allocated(session: Session, group: Group, case: Case) -> None:
    given(session, group, case)


def _desk(session: Session, _group: Group, case: Case) -> None:
    for allocation in list(case.allocations):
        accepted(session, allocation)


def accepted(session: Session, allocation: Allocation) -> None:
    answering.accept(session, allocation, **_at(allocation.person))


def reader_of(session: Session, allocation: Allocation) -> Reader:
    """Somebody's part in a case, as the desk loads it."""
    case = desk.to_read(session, allocation.case.reference, lock=True)
    assert case is not None
    return Reader(case, allocation)


def wrote(
    session: Session, allocation: Allocation, key: str, rating: int | None = 2, **said: Any
) -> None:
    _wrote(session, reader_of(session, allocation), key, rating, **said)


def _wrote(session: Session, reader: Reader, key: str, rating: int | None, **said: Any) -> None:
    standard, by = reader.framework.by_key[key], reader.mine.person
    words = reading.Said(rating, **{"reason": "It works.", **said})
    reading.write(session, reader, standard, words, by=by, at=clock.now())


def whole(session: Session, allocation: Allocation, rating: int | None = 2, **said: Any) -> None:
    """All that they read is rated, and nothing is sent."""
    reader = reader_of(session, allocation)
    for standard in reader.standards:
        _wrote(session, reader, standard.key, rating, **said)


def sent(session: Session, allocation: Allocation, **said: Any) -> None:
    """Rated, and sealed."""
    whole(session, allocation, **said)
    reading.send(
        session, reader_of(session, allocation), by=allocation.person, at=clock.now(),
        scheme=scheme(),
    )  # fmt: skip


def asked(session: Session, allocation: Allocation, key: str, text: str = "How often?") -> Question:
    reader = reader_of(session, allocation)
    made = questions.ask(
        session, reader, reader.framework.by_key[key], text, by=allocation.person,
        at=clock.now(), scheme=scheme(),
    )  # fmt: skip
    session.commit()
    return made


def flagged(session: Session, allocation: Allocation, words: str = "Somebody is afraid.") -> Flag:
    case = reader_of(session, allocation).case
    made = flags.raise_one(
        session, case, words, by=allocation.person, at=clock.now(), scheme=scheme()
    )
    session.commit()
    return made


def _read(session: Session, _group: Group, case: Case) -> None:
    for allocation in case.allocations:
        if allocation.state == ACCEPTED:
            sent(session, allocation)


def read_unlike(session: Session, group: Group, **other: int) -> Case:
    """Both adults say 2 of everything, but the second says ``other`` of some standards."""
    case = case_at(session, group, DESK)
    first, second = case.allocations
    sent(session, first)
    whole(session, second)
    for key, rating in other.items():
        wrote(session, second, key, rating, reason="I saw less.")
    reading.send(
        session, reader_of(session, second), by=second.person, at=clock.now(), scheme=scheme()
    )
    return case


def arranged(session: Session, group: Group, case: Case) -> Visit:
    """With two young assessors where the level asks for one."""
    level = case.framework.level_by_key[case.level]
    young = group.young if level.young_assessor else ()
    planned = Planned("visit", clock.today(), "Two of us, and their chair", young)
    return visiting.arrange(session, case, planned, by=group.assessors[0], at=clock.now())


def _met(session: Session, group: Group, case: Case) -> None:
    visit = case.visits[0] if case.visits else arranged(session, group, case)
    adult = group.assessors[0]
    seen = Seen(clock.today(), "Two of us, and their chair", "A full hall.", True, True)
    visiting.write_down(session, visit, seen, by=adult, at=clock.now())
    session.refresh(case, ["visits"])
    visiting.met(session, case, by=adult, at=clock.now(), scheme=scheme())


def _reported(session: Session, group: Group, case: Case) -> None:
    adult = group.assessors[0]
    reporting.write_words(session, case, "They do well.", "It is a good place.", by=adult)
    reporting.send(session, case, [], by=adult, at=clock.now(), scheme=scheme())


def proposed(session: Session, group: Group, case: Case) -> Condition:
    """A condition, while the report is being written."""
    months = scheme().clocks.endorsement.condition_months
    until = months_after(clock.today(), months - 1)
    return reporting.propose(
        session, case, case.standards[0].key, "Ask again.", until, by=group.assessors[0],
        at=clock.now(), scheme=scheme(),
    )  # fmt: skip


def with_a_fact(session: Session, case: Case) -> FactPoint:
    """One that was sent, and waits for its answer."""
    lead, now = pledges.lead_of(case.organisation), clock.now()
    point = FactPoint(
        report=case.report, standard="A1", text="We have two.", raised_by_id=lead.id,
        raised_at=now, sent_at=now,
    )  # fmt: skip
    session.add(point)
    session.flush()
    record(session, point, "send", by=lead, at=now)
    return point


def _checked(session: Session, _group: Group, case: Case) -> None:
    lead = pledges.lead_of(case.organisation)
    facts.send(session, case, by=lead, at=clock.now(), scheme=scheme())


def looked_at(session: Session, group: Group, case: Case) -> None:
    """Whatever was put before a lead assessor stands."""
    for finding in case.report.findings if case.report else ():
        if finding.looked_at_why and finding.moderated_at is None:
            at_one = OneStandard(case, case.framework.by_key[finding.standard], finding)
            checking.settle(session, at_one, None, "", by=group.second_lead, at=clock.now())


def _moderated(session: Session, group: Group, case: Case) -> None:
    looked_at(session, group, case)
    checking.pass_on(session, case, by=group.lead_assessor, at=clock.now(), scheme=scheme())


STEPS = (_allocated, _desk, _read, _met, _reported, _checked, _moderated)
