"""Who writes the report, who checks its facts and who answers.  True, or a sentence why not."""

from typing import Any

from review import rules
from review.report import settling
from review.states import FACT_CHECK, MODERATION, REPORT
from web.access import Verdict

NOT_NOW = "This is done while the report is being written."
LEFT = {
    settling.RATING: "%s: choose a rating.",
    settling.REASON: "%s: say why. Not all readings say this.",
    settling.NEXT_STEP: "%s: write what they could do next.",
}


def reads_report(person: Any, case: Any) -> Verdict:
    return rules.assesses_it_as_adult(person, case)


def writes_report(person: Any, case: Any) -> Verdict:
    verdict = rules.assesses_it_as_adult(person, case)
    return NOT_NOW if verdict is True and case.state != REPORT else verdict


def writes_standard(person: Any, at: Any) -> Verdict:
    return writes_report(person, at.case)


def reads_standard(person: Any, at: Any) -> Verdict:
    return reads_report(person, at.case)


def writes_condition(person: Any, condition: Any) -> Verdict:
    return writes_report(person, condition.case)


def writes_facts(person: Any, at: Any) -> Verdict:
    """The organisation's editors, while it checks the facts."""
    case = getattr(at, "case", at)
    verdict = rules.edits_it(person, case)
    if verdict is True and case.state != FACT_CHECK:
        return "The time to check the facts is over."
    return verdict


def sends_facts(person: Any, case: Any) -> Verdict:
    verdict = rules.leads_it(person, case)
    if verdict is True and case.state != FACT_CHECK:
        return "The time to check the facts is over."
    return verdict


def answers_facts(person: Any, case: Any) -> Verdict:
    verdict = rules.assesses_it_as_adult(person, case)
    if verdict is True and case.state != MODERATION:
        return "Facts are answered when the organisation has checked them."
    return verdict


def answers_fact(person: Any, at: Any) -> Verdict:
    verdict = answers_facts(person, at.case)
    if verdict is True and at.point.answered_at is not None:
        return "This is answered already."
    return verdict


# What must hold


def missing(case: Any) -> list[str]:
    """What the report still needs before it can be sent, in sentences."""
    report = case.report
    if report is None:
        return ["Begin the report."]
    readings = readings_by_standard(case)
    findings = {f.standard: f for f in report.findings}
    found = []
    for standard in case.standards:
        finding = findings.get(standard.key)
        owed = (
            settling.owed(readings.get(standard.key, ()), finding) if finding else [settling.RATING]
        )
        found += [LEFT[what] % standard.name for what in owed]
    if not report.summary.strip():
        found.append("Write a summary.")
    if not report.plain.strip():
        found.append("Write the summary for the young members.")
    return found


def readings_by_standard(case: Any) -> dict[str, list[Any]]:
    """Of those whose readings count, adults first."""
    parts = [a for a in case.allocations if a.state == "sent"]
    found: dict[str, list[Any]] = {}
    for allocation in sorted(parts, key=lambda a: (a.part, a.id)):
        for reading in allocation.readings:
            if settling.is_rated(reading):
                found.setdefault(reading.standard, []).append(reading)
    return found
