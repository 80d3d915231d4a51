"""The decision pack: two screens of what a voter needs, in a number of statements that stays.

The young members' pack has the same parts in plain words, their own kind's voice first.  It holds
points, never reasons or evidence: those may name staff.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from accounts.models import Person
from endorsement.models import Submission, SubmissionItem
from endorsement.sending.snapshot import ANSWER
from review.models import (
    Allocation,
    Ballot,
    Case,
    Condition,
    Decision,
    Finding,
    Reading,
    Report,
    Visit,
    VisitSheet,
)
from review.parts import RECUSED, SENT
from review.visits.questions import questions
from steering.models import Tie
from steering.ties import FUNDER


@dataclass(frozen=True)
class Row:
    """One standard: what they say, what each of the readers found, and what it came to."""

    standard: Any
    claim: int | None
    readings: tuple[int | None, ...]
    finding: Finding | None
    voices: str

    @property
    def final(self) -> int | None:
        return self.finding.final if self.finding else None

    @property
    def is_alike(self) -> bool:
        """Whoever gave it a point gave it the same one."""
        read = [one for one in self.readings if one is not None]
        return len({self.claim, self.final, *read}) == 1


@dataclass(frozen=True)
class Seen:
    """What a young assessor wrote of a visit."""

    question: str
    stars: int | None
    words: str


@dataclass(frozen=True)
class Pack:
    case: Case
    rows: Sequence[Row]
    readers: Sequence[str]
    """"adult" or "young", in the order of the readings."""
    seen: Sequence[Seen]
    said_by_young: Sequence[tuple[Any, str]]
    """A young assessor's own reasons, by standard."""
    conditions: Sequence[Condition]
    declared: Sequence[tuple[str, str]]
    """Who declared that their employer pays the organisation, and their group."""
    decision: Decision | None = None

    @property
    def report(self) -> Report | None:
        return self.case.report

    def given(self, row: Row) -> list[tuple[str, int]]:
        """By the kind of reader, the points they gave; a young assessor reads some alone."""
        both = zip(self.readers, row.readings, strict=True)
        return [(part, point) for part, point in both if point is not None]

    @property
    def voices(self) -> list[tuple[Any, list[str], str]]:
        """By standard, what young assessors wrote and what the place wrote down of others."""
        found = [
            (
                row.standard,
                [words for standard, words in self.said_by_young if standard == row.standard],
                row.voices,
            )
            for row in self.rows
        ]
        return [one for one in found if one[1] or one[2]]

    @property
    def differing(self) -> list[Row]:
        """What there is to think about."""
        return [row for row in self.rows if not row.is_alike]

    @property
    def alike(self) -> list[tuple[int | None, list[Row]]]:
        """By the point they all give, the highest first."""
        same = [row for row in self.rows if row.is_alike]
        points = sorted({row.final for row in same}, key=lambda p: (p is None, -(p or 0)))
        return [(point, [row for row in same if row.final == point]) for point in points]


WITH_CASE = (
    select(Ballot)
    .join(Ballot.case)
    .where(Case.reference == bindparam("reference"), Ballot.person_id == bindparam("person"))
    .options(
        joinedload(Ballot.votes),
        contains_eager(Ballot.case).options(
            joinedload(Case.organisation),
            joinedload(Case.submission).joinedload(Submission.framework_version),
            joinedload(Case.report).joinedload(Report.findings),
        ),
    )
    .order_by(Ballot.stage.desc())
)


def ballot_with_case(session: Session, person: Any, reference: str) -> Ballot | None:
    """The person's newest right to vote on it, with all of the case that is one row."""
    asked = {"reference": reference, "person": person.id}
    return session.scalars(WITH_CASE, asked).unique().first()


def gathered(session: Session, case: Case, *, stage: int, for_youth: bool = False) -> Pack:
    """``for_youth``: what the place wrote of young people's words only where young people read too;
    elsewhere it may be about staff or about somebody's safety."""
    readers, readings = _readings(session, case)
    answers = _answers(session, case)
    findings = {f.standard: f for f in case.report.findings} if case.report else {}
    rows = [
        Row(
            standard,
            answers.get(standard.key, {}).get("rating"),
            tuple(_rating(readings.get((id_, standard.key))) for id_, _part in readers),
            findings.get(standard.key),
            (answers.get(standard.key, {}).get("voices") or "")
            if not for_youth or case.framework.young_read(standard)
            else "",
        )
        for standard in case.standards
    ]
    young = {id_ for id_, part in readers if part == "young"}
    return Pack(
        case,
        rows,
        [part for _id, part in readers],
        _seen(session, case),
        [
            (standard, readings[id_, standard.key].reason)
            for standard in case.standards
            for id_ in young
            if (id_, standard.key) in readings and readings[id_, standard.key].reason
        ],
        _proposed(session, case),
        _declared(session, case, stage),
    )


def _rating(reading: Reading | None) -> int | None:
    return reading.rating if reading else None


def _readings(
    session: Session, case: Case
) -> tuple[list[tuple[int, str]], Mapping[tuple[int, str], Reading]]:
    """Of those that were sent.  Adults first; nobody is named."""
    wanted = (
        select(Reading, Allocation.part)
        .join(Reading.allocation)
        .where(Allocation.case_id == case.id, Allocation.state == SENT)
        .order_by(Allocation.part, Allocation.id, Reading.id)
    )
    readers: dict[int, str] = {}
    found: dict[tuple[int, str], Reading] = {}
    for reading, part in session.execute(wanted):
        readers[reading.allocation_id] = part
        found[reading.allocation_id, reading.standard] = reading
    return list(readers.items()), found


def _answers(session: Session, case: Case) -> dict[str, dict[str, Any]]:
    """What was sealed; what was removed since is not there."""
    wanted = select(SubmissionItem.key, SubmissionItem.content).where(
        SubmissionItem.submission_id == case.submission_id, SubmissionItem.kind == ANSWER
    )
    rows = session.execute(wanted.order_by(SubmissionItem.number))
    return {key: content for key, content in rows if content is not None}


def _seen(session: Session, case: Case) -> list[Seen]:
    tied = select(Allocation.person_id).where(
        Allocation.case_id == case.id, Allocation.state == RECUSED
    )
    wanted = (
        select(VisitSheet.answers)
        .join(VisitSheet.visit)
        .where(
            Visit.case_id == case.id,
            VisitSheet.sent_at.is_not(None),
            VisitSheet.person_id.not_in(tied),
        )
    )
    texts = {question.key: question.text for question in questions()}
    return [
        Seen(texts.get(key, ""), said.get("stars"), said.get("words") or "")
        for answers in session.scalars(wanted.order_by(VisitSheet.id))
        for key, said in answers.items()
    ]


def _proposed(session: Session, case: Case) -> Sequence[Condition]:
    wanted = select(Condition).where(
        Condition.case_id == case.id, Condition.decision_id.is_(None), Condition.state == "open"
    )
    return session.scalars(wanted.order_by(Condition.id)).all()


def _declared(session: Session, case: Case, stage: int) -> list[tuple[str, str]]:
    wanted = (
        select(Person.name, Ballot.constituency)
        .join(Ballot, Ballot.person_id == Person.id)
        .join(Tie, Tie.person_id == Person.id)
        .where(
            Ballot.case_id == case.id,
            Ballot.stage == stage,
            Ballot.standing == "open",
            Ballot.constituency != "youth",
            Tie.organisation_id == case.organisation_id,
            Tie.kind == FUNDER,
            Tie.taken_back_at.is_(None),
        )
        .order_by(Person.name)
    )
    return [(name, group) for name, group in session.execute(wanted)]


def owed_answer(session: Session, case: Case, stage: int) -> Decision | None:
    """The decision that most young members voted against, once they can read why."""
    wanted = select(Decision).where(
        Decision.case_id == case.id,
        Decision.stage == stage,
        Decision.undone_at.is_(None),
        Decision.for_youth_at.is_not(None),
    )
    return session.scalar(wanted.order_by(Decision.id.desc()).limit(1))
