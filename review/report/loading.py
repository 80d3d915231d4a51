"""From an address to a part of the report, or None where it is not the person's to know of."""

from dataclasses import dataclass
from typing import Any

from endorsement.framework import Framework, Standard
from review import loading
from review.models import Case, Condition, FactPoint, Finding
from review.report import queries
from review.states import FACT_CHECK, MODERATION
from review.visits.loading import read_case
from web.database import db

WHOLE = "whole"
"""In addresses, the report as a whole, beside the keys of its standards."""


@dataclass(frozen=True)
class OneStandard:
    case: Case
    standard: Standard
    finding: Finding

    @property
    def framework(self) -> Framework:
        framework: Framework = self.case.framework
        return framework


@dataclass(frozen=True)
class OnePoint:
    """What an organisation says of one part of the report; ``key`` is empty for the whole."""

    case: Case
    key: str
    point: FactPoint | None

    @property
    def standard(self) -> Standard | None:
        return self.case.framework.by_key.get(self.key)


@dataclass(frozen=True)
class SentPoint:
    case: Case
    number: int
    point: FactPoint

    @property
    def standard(self) -> Standard | None:
        return self.case.framework.by_key.get(self.point.standard)


def report(person: Any, reference: str) -> Case | None:
    """For the assessors of a case that has a report."""
    case = read_case(person, reference)
    if case is None or case.report is None:
        return None
    queries.with_readings(db(), case)
    return case


def standard(person: Any, reference: str, key: str) -> OneStandard | None:
    case = report(person, reference)
    if case is None or case.report is None:
        return None
    finding = next((f for f in case.report.findings if f.standard == key), None)
    return OneStandard(case, case.framework.by_key[key], finding) if finding else None


def condition(person: Any, reference: str) -> Condition | None:
    """One that is proposed."""
    found = queries.condition(db(), reference)
    if found is None or found.decision_id is not None:
        return None
    return found if report(person, found.case.reference) is not None else None


# The organisation's check of the facts


def own_report(person: Any, slug: str, reference: str) -> Case | None:
    """For the organisation's own people, while they check it and while their facts are answered."""
    case = loading.own_case(person, slug, reference)
    if case is None or case.report is None or case.state not in (FACT_CHECK, MODERATION):
        return None
    return case


def own_point(person: Any, slug: str, reference: str, key: str) -> OnePoint | None:
    case = own_report(person, slug, reference)
    if case is None or case.report is None:
        return None
    if key != WHOLE and key not in {s.key for s in case.standards}:
        return None
    of = "" if key == WHOLE else key
    points = [p for p in case.report.fact_points if p.standard == of and p.sent_at is None]
    return OnePoint(case, of, points[0] if points else None)


def sent_point(person: Any, reference: str, number: int) -> SentPoint | None:
    """By its place in the list of those that were sent."""
    case = report(person, reference)
    points = sent_points(case) if case is not None else []
    if case is None or not 1 <= number <= len(points):
        return None
    return SentPoint(case, number, points[number - 1])


def sent_points(case: Case) -> list[FactPoint]:
    return [p for p in case.report.fact_points if p.sent_at is not None] if case.report else []
