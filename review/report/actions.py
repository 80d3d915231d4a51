"""Writing the report: findings, words, the recommendation, conditions, and sending it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from endorsement.framework import Standard
from review.models import Case, Condition, Finding, FindingChange, Report
from review.moderation.choosing import look_again
from review.moves import make
from review.report import rules, settling
from review.report.sealing import seal_of
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist
from web.working_days import months_after

ESSENTIAL_FIRST = "This essential is not in place, so no condition can stand for it."


@dataclass(frozen=True)
class Found:
    """What the assessors settle on for one standard."""

    rating: int | None = None
    does_not_apply: bool = False
    reason: str = ""
    next_step: str = ""


FIELDS = ("rating", "does_not_apply", "reason", "next_step")
IN_THE_CHAIN = ("rating", "does_not_apply")


def begin(session: Session, case: Case, *, by: Any, at: datetime) -> Report:
    """With what all readings say alike; where they differ, it is left open."""
    if case.report is not None:
        return _begin_again(session, case, by, at)
    readings = rules.readings_by_standard(case)
    report = Report(case=case)
    for standard in case.standards:
        rating, does_not_apply = settling.agreed(readings.get(standard.key, ())) or (None, False)
        finding = Finding(standard=standard.key, rating=rating, does_not_apply=does_not_apply)
        report.findings.append(finding)
    report.level = _highest(case, report)
    session.add(report)
    session.flush()
    for thing in (report, *report.findings):
        record(session, thing, "begin", by=by, at=at)
    return report


def _begin_again(session: Session, case: Case, by: Any, at: datetime) -> Report:
    """Others have read it, in the place of somebody with a tie: what was settled is asked anew, by
    the readings that count now; the words stay, to be put right."""
    report, readings = _report(case), rules.readings_by_standard(case)
    for finding in report.findings:
        standard = case.framework.by_key[finding.standard]
        said = settling.agreed(readings.get(standard.key, ())) or (None, False)
        found = Found(*said, reason=finding.reason, next_step=finding.next_step)
        set_finding(session, case, standard, found, why="read again", by=by, at=at)
        if finding.looked_at_why is not None:
            look_again(session, finding, by, at)
    return report


def write_finding(
    session: Session, case: Case, standard: Standard, found: Found, *, by: Any, at: datetime
) -> Finding:
    """Two who write in one box meet in the form (web.merging), over a case that is held."""
    insist(rules.writes_report(by, case))
    return set_finding(session, case, standard, found, why="report", by=by, at=at)


def set_finding(
    session: Session,
    case: Case,
    standard: Standard,
    found: Found,
    *,
    why: str,
    by: Any,
    at: datetime,
) -> Finding:
    """What is as it was leaves no trace.  Once the report was sent, what stood there is kept."""
    if found.does_not_apply and not case.framework.may_not_apply(standard):
        raise Refused(["This standard applies to everyone."])
    report = _report(case)
    finding = next(f for f in report.findings if f.standard == standard.key)
    reach = _highest(case, report)
    changed = [name for name in FIELDS if getattr(finding, name) != getattr(found, name)]
    before = {name: getattr(finding, name) for name in changed}
    for name in changed:
        setattr(finding, name, getattr(found, name))
    if report.sent_at is not None:
        _keep_what_was(finding, before, why, by, at)
    session.flush()
    if set(changed) & set(IN_THE_CHAIN):
        record(session, finding, "write", by=by, at=at)
    follow(session, case, reach, by=by, at=at)
    return finding


def _keep_what_was(
    finding: Finding, before: dict[str, Any], why: str, by: Any, at: datetime
) -> None:
    for name, was in before.items():
        told = {"before": _plain(was), "after": _plain(getattr(finding, name))}
        finding.changes.append(FindingChange(field=name, at=at, by_id=by.id, why=why, **told))


def follow(
    session: Session, case: Case, reach_before: str | None, *, by: Any, at: datetime
) -> None:
    """The recommendation never stands above what the findings reach."""
    report = _report(case)
    level = settling.following(case.framework, report.level, reach_before, _highest(case, report))
    if level != report.level:
        report.level = level
        session.flush()
        record(session, report, "follow the findings", by=by, at=at)


def write_words(session: Session, case: Case, summary: str, plain: str, *, by: Any) -> None:
    """The summary, and the same in plain words.  The seal proves them, once it is sent."""
    insist(rules.writes_report(by, case))
    report = _report(case)
    report.summary, report.plain = summary, plain
    session.flush()


def recommend(session: Session, case: Case, level: str | None, *, by: Any, at: datetime) -> None:
    """One that the findings reach, or none yet."""
    insist(rules.writes_report(by, case))
    if level is not None and level not in {known.key for known in levels_of(case)}:
        raise Refused(["The findings do not reach this level."])
    report = _report(case)
    if report.level != level:
        report.level = level
        session.flush()
        record(session, report, "recommend", by=by, at=at)


def propose(
    session: Session,
    case: Case,
    standard: str,
    what: str,
    by_on: date,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Condition:
    """Something that must be done by a day, which is not too far off."""
    insist(rules.writes_report(by, case))
    findings = {f.standard: f for f in _report(case).findings}
    if not settling.may_have_condition(case.framework, standard, findings):
        raise Refused([ESSENTIAL_FIRST])
    today, months = clock.london(at).date(), scheme.clocks.endorsement.condition_months
    if not today < by_on <= months_after(today, months):
        raise Refused([f"Choose a day within {months} months."])
    condition = Condition(
        case_id=case.id, standard=standard, what=what, by_on=by_on, state="open",
        proposed_by_id=by.id,
    )  # fmt: skip
    session.add(condition)
    session.flush()
    record(session, condition, "propose", by=by, at=at)
    return condition


def drop(session: Session, condition: Condition, *, by: Any, at: datetime) -> None:
    insist(rules.writes_condition(by, condition))
    condition.state = "dropped"
    session.flush()
    record(session, condition, "drop", by=by, at=at)


def send(
    session: Session,
    case: Case,
    conditions: list[Condition],
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> None:
    """To the organisation, to check its facts.  Raises Refused when something is missing, and when
    the other assessor sent it this moment."""
    report = _report(case)
    findings = {f.standard: f for f in report.findings}
    for condition in conditions:
        if not settling.may_have_condition(case.framework, condition.standard, findings):
            raise Refused([ESSENTIAL_FIRST])
    make(session, "send report", case, by=by, at=at, scheme=scheme)
    report.with_conditions = bool(report.level and conditions)
    report.sent_at, report.sent_by_id, report.facts_answered_at = at, by.id, None
    report.seal = seal_of(report, conditions)
    session.flush()
    record(session, report, "send", by=by, at=at)


def levels_of(case: Case) -> tuple[Any, ...]:
    """Those that may be recommended today, lowest first."""
    return settling.within_reach(case.framework, case.track, _report(case).findings, case.level)


def _highest(case: Case, report: Report) -> str | None:
    return settling.highest(case.framework, case.track, report.findings, case.level)


def _report(case: Case) -> Report:
    if case.report is None:
        raise Refused(["The report is not begun yet."])
    return case.report


def _plain(value: Any) -> str:
    return "" if value is None or value is False else "yes" if value is True else str(value)
