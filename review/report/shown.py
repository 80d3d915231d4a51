"""What the report's pages show."""

from dataclasses import dataclass
from typing import Any

from endorsement.framework import Framework, Standard
from review.models import Case
from review.report import actions, queries, rules, settling
from review.report.reading_age import WANTED, reading_age
from web.database import db


@dataclass(frozen=True)
class Line:
    """A standard: who read what, what was claimed, what was settled."""

    standard: Standard
    claim: Any
    readings: list[Any]
    finding: Any
    owed: list[str]

    @property
    def differ(self) -> bool:
        return settling.differ(self.readings)

    @property
    def far_apart(self) -> bool:
        return settling.points_apart(self.readings) >= settling.FAR_APART


def point_of(framework: Framework, thing: Any) -> str:
    """A reading, a finding or a claim in words."""
    rating, does_not_apply = (
        (thing["rating"], thing["does_not_apply"]) if isinstance(thing, dict) else
        settling.said(thing)
    )  # fmt: skip
    if does_not_apply:
        return "does not apply"
    return next((p.name for p in framework.scale if p.value == rating), "")


def lines_of(case: Case) -> list[Line]:
    readings, claims = rules.readings_by_standard(case), queries.claims(db(), case)
    findings = {f.standard: f for f in case.report.findings} if case.report else {}
    return [
        Line(
            standard,
            claims.get(standard.key),
            readings.get(standard.key, []),
            findings[standard.key],
            settling.owed(readings.get(standard.key, []), findings[standard.key]),
        )
        for standard in case.standards
        if standard.key in findings
    ]


def overview(case: Case) -> dict[str, Any]:
    lines, report = lines_of(case), case.report
    areas = case.framework.areas_of(case.standards)
    notes = [e.note for e in case.events if e.verb == "back to the report"]
    return {
        "areas": [(a, [x for x in lines if x.standard.area == a.key]) for a in areas],
        "lines": lines,
        "readers": readers(case),
        "report": report,
        "level": case.framework.level_by_key.get(report.level) if report else None,
        "conditions": queries.conditions(db(), case),
        "missing": rules.missing(case),
        "age": reading_age(report.plain) if report else None,
        "wanted_age": WANTED,
        "back": notes[-1] if notes else "",
        "levels": actions.levels_of(case),
    }


def readers(case: Case) -> list[Any]:
    """Those whose readings stand side by side: adults first."""
    return sorted((a for a in case.allocations if a.state == "sent"), key=lambda a: (a.part, a.id))


def organisation(case: Case) -> dict[str, Any]:
    """The report as it will stand: nobody's own rating, and no name."""
    report = case.report
    points = {p.standard: p for p in report.fact_points} if report else {}
    areas = case.framework.areas_of(case.standards)
    findings = {f.standard: f for f in report.findings} if report else {}
    return {
        "report": report,
        "areas": [(a, [s for s in case.standards if s.area == a.key]) for a in areas],
        "findings": findings,
        "claims": queries.claims(db(), case),
        "points": points,
        "drafts": [p for p in report.fact_points if p.sent_at is None] if report else [],
        "level": case.framework.level_by_key.get(report.level) if report else None,
        "conditions": queries.conditions(db(), case),
    }
