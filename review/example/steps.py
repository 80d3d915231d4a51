"""From asking assessors to the panel: each step of the example's cases, by the real actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from accounts.example import LivingClub
from review import queries
from review.allocation import actions as allocating
from review.allocation import answering
from review.desk import actions as reading
from review.desk import queries as desk
from review.desk import questions
from review.desk.loading import Reader
from review.example.file import ExampleCase, ExampleCases
from review.flags import actions as flags
from review.models import Allocation, Case
from review.moderation import actions as moderating
from review.parts import ACCEPTED
from review.report import actions as reporting
from review.report import facts
from review.report.actions import Found
from review.report.loading import OneStandard
from review.visits import actions as visiting
from review.visits.actions import Planned, Said, Seen
from review.visits.questions import questions as questions_of_the_sheet
from web import clock
from web.example import County
from web.scheme import Scheme
from web.working_days import months_after


class Words:
    """Takes from the lists in turn."""

    def __init__(self, told: ExampleCases):
        self.told, self.taken = told, 0

    def one(self, of: Sequence[str]) -> str:
        self.taken += 1
        return of[self.taken % len(of)]


@dataclass(frozen=True)
class Living:
    """A case of the county."""

    told: ExampleCase
    club: LivingClub

    def case(self, county: County) -> Case:
        """Its newest one, held."""
        if self.club.organisation is None:
            raise RuntimeError(f"{self.told.club} was not founded yet")
        wanted = select(Case.id).where(Case.organisation_id == self.club.organisation.id)
        found = county.session.scalars(wanted.order_by(Case.id.desc()).limit(1)).one()
        held = queries.by_id(county.session, found, lock=True)
        if held is None:
            raise RuntimeError(f"{self.told.club} has no case")
        return held

    @property
    def lead(self) -> Any:
        return self.club.team[self.club.club.lead]


def scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


def who(by: Any, at: datetime) -> dict[str, Any]:
    return {"by": by, "at": at, "scheme": scheme()}


def words(county: County) -> Words:
    found: Words = county.things["case words"]
    return found


def officer(county: County) -> Any:
    return county.things["officers"][0]


# Assessors


def ask(county: County, one: Living, at: datetime) -> None:
    case, by = one.case(county), officer(county)
    shortages = allocating.propose_for(county.session, [case], **who(by, at)).shortages
    if shortages:
        raise RuntimeError(f"{one.told.club}: {shortages}")
    county.session.refresh(case, ["allocations"])
    allocating.ask(county.session, case, **who(by, at))


def accept(county: County, one: Living, at: datetime) -> None:
    for allocation in one.case(county).allocations:
        if allocation.state == "asked":
            answering.accept(county.session, allocation, **who(allocation.person, at))


# Reading


def readers(county: County, one: Living) -> list[Reader]:
    case = desk.to_read(county.session, one.case(county).reference, lock=True)
    if case is None:
        raise RuntimeError(f"{one.told.club} has no case to read")
    return [Reader(case, mine) for mine in case.allocations if mine.state == ACCEPTED]


def begin_to_read(county: County, one: Living, at: datetime) -> None:
    """Each has written a few, and goes on another day."""
    for reader in readers(county, one):
        _write(county, one, reader, reader.standards[:4], at)


def read_all(county: County, one: Living, at: datetime) -> None:
    for number in range(len(readers(county, one))):
        reader = readers(county, one)[0]
        _write(county, one, reader, reader.standards, at, unlike=number == 1)
        reading.send(county.session, reader, **who(reader.mine.person, at))


def _write(
    county: County,
    one: Living,
    reader: Reader,
    standards: Sequence[Any],
    at: datetime,
    *,
    unlike: bool = False,
) -> None:
    claims = desk.claims_of(county.session, reader.case)
    for standard in standards:
        said = _said(county, one, standard, claims.get(standard.key) or {}, unlike=unlike)
        reading.write(county.session, reader, standard, said, by=reader.mine.person, at=at)


def _said(
    county: County, one: Living, standard: Any, claim: dict[str, Any], *, unlike: bool
) -> reading.Said:
    drawn, rating = words(county), claim.get("rating")
    if claim.get("does_not_apply"):
        return reading.Said(None, True, reason=drawn.one(drawn.told.reasons))
    found = one.told.lower.get(standard.key, rating)
    if unlike and standard.key in one.told.differ:
        found = max(0, (found or 0) - 1)
    pool = drawn.told.reasons if found == rating else drawn.told.lower_reasons
    return reading.Said(found, reason=drawn.one(pool))


def ask_question(county: County, one: Living, at: datetime) -> None:
    asked = one.told.asked
    if asked is None:
        return
    reader = next(r for r in readers(county, one) if r.mine.part == "adult")
    standard = reader.framework.by_key[asked.standard]
    by = reader.mine.person
    questions.ask(county.session, reader, standard, asked.text, **who(by, at))


def answer_question(county: County, one: Living, at: datetime) -> None:
    """In the club's own words: it points to what it sent."""
    for question in one.case(county).questions:
        if question.closed_at is None:
            said = "Yes. We do it every month, and the notes are in the blue folder at the visit."
            questions.answer(county.session, question, said, **who(one.lead, at))


# From the visit to the panel


def adults(case: Case) -> list[Allocation]:
    return [a for a in case.allocations if a.state == "sent" and a.part == "adult"]


BEFORE_THEY_GO = timedelta(days=4)


def arrange(county: County, one: Living, at: datetime) -> None:
    case = one.case(county)
    level = case.framework.level_by_key[case.level]
    young = county.things["group"].young[:2] if level.young_assessor else ()
    day = clock.london(at).date() + BEFORE_THEY_GO
    planned = Planned("visit" if level.visit else "call", day, "Two of us, and their lead", young)
    by = adults(case)[0].person
    visiting.arrange(county.session, case, planned, by=by, at=at)


def meet(county: County, one: Living, at: datetime) -> None:
    case = one.case(county)
    by = adults(case)[0].person
    seen = Seen(clock.london(at).date(), "Two of us, and their lead", one.told.seen, True, True)
    for visit in case.visits:
        visiting.write_down(county.session, visit, seen, by=by, at=at)
        for sheet in visit.sheets:
            _saw(county, sheet, at)
    county.session.refresh(case, ["visits"])
    visiting.met(county.session, case, **who(by, at))


def _saw(county: County, sheet: Any, at: datetime) -> None:
    """A young assessor fills in their sheet and sends it."""
    drawn = words(county)
    said = {
        question.key: {"stars": 3 + number % 3, "words": drawn.one(drawn.told.sheet)}
        for number, question in enumerate(questions_of_the_sheet())
    }
    told = Said(said, minutes=90)
    visiting.write_sheet(county.session, sheet, told, send=True, by=sheet.person, at=at)


def worry(county: County, one: Living, at: datetime) -> None:
    """It goes to the safeguarding leads, and to nobody else."""
    reader = next(r for r in readers(county, one) if r.mine.part == "adult")
    flags.raise_one(county.session, reader.case, one.told.worry, **who(reader.mine.person, at))


def report(county: County, one: Living, at: datetime) -> None:
    case, drawn = one.case(county), words(county)
    by = adults(case)[0].person
    made = reporting.begin(county.session, case, by=by, at=at)
    for finding in list(made.findings):
        _settle(county, case, finding, by, at)
    told = one.told
    reporting.write_words(county.session, case, told.summary, told.plain, by=by)
    conditions = []
    if told.condition:
        until = months_after(clock.london(at).date(), 5)
        conditions = [
            reporting.propose(
                county.session, case, told.condition_on, told.condition, until, **who(by, at)
            )
        ]
    drawn.taken += 1
    reporting.send(county.session, case, conditions, **who(by, at))


def _settle(county: County, case: Case, finding: Any, by: Any, at: datetime) -> None:
    """The higher of two readings stands after the visit, with its reason."""
    drawn, standard = words(county), case.framework.by_key[finding.standard]
    rating = finding.rating
    if rating is None and not finding.does_not_apply:
        said = [r.rating for a in adults(case) for r in a.readings if r.standard == standard.key]
        rating = max(r for r in said if r is not None)
    reporting.write_finding(
        county.session,
        case,
        standard,
        Found(
            rating, finding.does_not_apply, drawn.one(drawn.told.reasons),
            drawn.one(drawn.told.next_steps),
        ),
        by=by,
        at=at,
    )  # fmt: skip


def agree_facts(county: County, one: Living, at: datetime) -> None:
    facts.send(county.session, one.case(county), **who(one.lead, at))


def moderate(county: County, one: Living, at: datetime) -> None:
    case = one.case(county)
    parts = {allocation.person_id for allocation in case.allocations}
    by = next(lead for lead in county.things["group"].leads if lead.id not in parts)
    for finding in case.report.findings if case.report else ():
        if finding.looked_at_why and finding.moderated_at is None:
            standard = case.framework.by_key[finding.standard]
            at_one = OneStandard(case, standard, finding)
            moderating.settle(county.session, at_one, None, "", by=by, at=at)
    moderating.pass_on(county.session, case, **who(by, at))
