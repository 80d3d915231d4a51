"""What visits, reports and their check hold of people, for how long, and what erasing takes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from review import forgetting
from review.models import (
    Case,
    Condition,
    FactPoint,
    Finding,
    FindingChange,
    PracticeSitting,
    Report,
    Visit,
    VisitSheet,
)
from review.report.rows import row, sheet_words, without_words
from web.contributions import DataSection, Erasure
from web.retention_rows import of_rows

MOST = 500

# A person


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "visit-sheets",
        _("Your sheets of visits"),
        _(
            "So that what you saw counts. The assessors and the panel read it once you have sent "
            "it. Your words are deleted a year after the decision, or when your account goes."
        ),
        list(_sheets(session, person)),
    )
    yield DataSection(
        "reports",
        _("Your part in visits and reports"),
        _(
            "So that it is known who saw, wrote, answered and checked. What you wrote for a report "
            "stays with the case. What you noted of a visit is deleted a year after the decision."
        ),
        [
            *_visits(session, person),
            *_reports(session, person),
            *_findings(session, person),
            *_facts(session, person),
            *_conditions(session, person),
            *_practice(session, person),
        ],
    )


def _sheets(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(VisitSheet).where(VisitSheet.person_id == person.id).order_by(VisitSheet.id)
    whole = joinedload(VisitSheet.visit).joinedload(Visit.case).joinedload(Case.organisation)
    for sheet in session.scalars(wanted.options(whole)):
        yield row(sheet.visit.case, sheet.visit.on, _("Your sheet")) | {
            _("Minutes"): sheet.minutes,
            _("Text"): sheet_words(sheet.answers) or None,
            _("Sent"): sheet.sent_at,
            _("Thanked"): sheet.thanked_at,
        }


def _visits(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(Visit).where(Visit.recorded_by_id == person.id).order_by(Visit.id)
    for visit in session.scalars(
        wanted.options(joinedload(Visit.case).joinedload(Case.organisation))
    ):
        told = row(visit.case, visit.recorded_at, _("You wrote down a call or visit"))
        yield told | {_("Text"): visit.seen or None}


def _reports(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    theirs = or_(Report.sent_by_id == person.id, Report.moderated_by_id == person.id)
    wanted = select(Report).where(theirs).order_by(Report.id)
    whole = joinedload(Report.case).joinedload(Case.organisation)
    for report in session.scalars(wanted.options(whole)):
        if report.sent_by_id == person.id:
            yield row(report.case, report.sent_at, _("You sent the report"))
        if report.moderated_by_id == person.id:
            yield row(report.case, report.moderated_at, _("You passed it on to the panel"))


def _findings(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    whole = joinedload(Finding.report).joinedload(Report.case).joinedload(Case.organisation)
    wanted = select(Finding).where(Finding.moderated_by_id == person.id).options(whole)
    for finding in session.scalars(wanted.order_by(Finding.id)):
        told = row(finding.report.case, finding.moderated_at, _("You looked at a standard"))
        yield told | {
            _("Standard"): finding.standard,
            _("Text"): finding.moderated_reason or None,
        }
    of = joinedload(FindingChange.finding).joinedload(Finding.report).joinedload(Report.case)
    changes = select(FindingChange).where(FindingChange.by_id == person.id)
    named = changes.options(of.joinedload(Case.organisation)).order_by(FindingChange.id)
    for change in session.scalars(named):
        told = row(change.finding.report.case, change.at, _("You changed what was found"))
        yield told | {_("Standard"): change.finding.standard, _("Text"): change.after or None}


def _facts(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    """Each is told of their own words alone."""
    theirs = or_(FactPoint.raised_by_id == person.id, FactPoint.answered_by_id == person.id)
    whole = joinedload(FactPoint.report).joinedload(Report.case).joinedload(Case.organisation)
    for point in session.scalars(
        select(FactPoint).where(theirs).options(whole).order_by(FactPoint.id)
    ):
        mine = point.raised_by_id == person.id
        what = _("You wrote of a fact") if mine else _("You answered a fact")
        told = row(point.report.case, point.raised_at if mine else point.answered_at, what)
        yield told | {_("Text"): point.text if mine else point.answer}


def _conditions(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(Condition).where(Condition.proposed_by_id == person.id).order_by(Condition.id)
    whole = joinedload(Condition.case).joinedload(Case.organisation)
    for condition in session.scalars(wanted.options(whole)):
        told = row(condition.case, condition.by_on, _("You proposed a condition"))
        yield told | {_("Text"): condition.what}


def _practice(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(PracticeSitting).where(PracticeSitting.person_id == person.id)
    for sitting in session.scalars(wanted.order_by(PracticeSitting.id)):
        words = " ".join(r.reason for r in sitting.readings if r.reason)
        yield {
            _("When"): sitting.began_at,
            _("What"): _("You rated the practice case"),
            _("Text"): words or None,
        }


def keeps(session: Session, person: Any) -> Sequence[str]:
    if not any(section.rows for section in my_data(session, person)):
        return []
    return [
        _(
            "What you found, answered or checked in a report, and the stars you gave on a visit, "
            "without your account’s name. It is part of how the place was judged."
        )
    ]


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    """The words of their sheets go; the stars stay.  No row of the chain holds them."""
    wanted = select(VisitSheet).where(VisitSheet.person_id == person.id)
    for sheet in session.scalars(wanted.order_by(VisitSheet.id)):
        sheet.answers = without_words(sheet.answers)
    sittings = select(PracticeSitting).where(PracticeSitting.person_id == person.id)
    for sitting in session.scalars(sittings.order_by(PracticeSitting.id)):
        for reading in sitting.readings:
            reading.reason = ""


erasure = Erasure(erase=erase, keeps=keeps)

# Forgetting


def _over(at: datetime) -> Select[Visit]:
    """Of cases that are over."""
    words = or_(Visit.seen != "", Visit.who != "")
    return select(Visit).join(Visit.case).where(words, *forgetting.over(at))


def _forget(_session: Session, visit: Visit, _at: datetime) -> None:
    """What was noted and the words of the sheets go; that it was made and the stars stay."""
    visit.seen = visit.who = ""
    for sheet in visit.sheets:
        sheet.answers = without_words(sheet.answers)


retention = of_rows(
    "notes of visits",
    _l("What assessors and young assessors noted of a call or visit"),
    Visit,
    over=_over,
    forget=_forget,
    kept=forgetting.kept,
    most=MOST,
)
