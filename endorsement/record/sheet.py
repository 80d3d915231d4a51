"""Ratings, reasons, plan and evidence as one spreadsheet."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from endorsement.models import Assessment
from endorsement.record.files import path_of
from endorsement.record.gathering import Taken
from web import clock
from web.sheets import PLAIN

Columns = Sequence[tuple[str, int]]
"""A title and a width in characters."""
Rows = Iterable[Sequence[Any]]


def of_record(taken: Taken) -> bytes:
    """What somebody typed is text, whatever it begins with: no cell holds a formula."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        newest = taken.assessments[0] if taken.assessments else None
        _page(book, _("Points and reasons"), _answer_columns(), _answers(newest))
        _page(book, _("Plan"), _plan_columns(), _plan(taken, newest))
        _page(book, _("Evidence"), _evidence_columns(), _evidence(taken))
    return file.getvalue()


def _page(book: Any, name: str, columns: Columns, rows: Rows) -> None:
    page = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    days = book.add_format({"num_format": "d mmmm yyyy"})
    for column, (title, width) in enumerate(columns):
        page.set_column(column, column, width, wrapped)
        page.write_string(0, column, title, bold)
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(page, number, column, value, days)


def _write(page: Any, row: int, column: int, value: Any, days: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        value = clock.london(value).date()
    if isinstance(value, date):
        page.write_datetime(row, column, value, days)
    elif isinstance(value, int):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, value)


def _answer_columns() -> Columns:
    return [
        (_("Area"), 24),
        (_("Code"), 8),
        (_("Standard"), 34),
        (_("Point"), 8),
        (_("What the point is called"), 22),
        (_("Why"), 60),
        (_("What shows it"), 50),
        (_("What young people say"), 50),
        (_("Changed on"), 18),
    ]


def _answers(assessment: Assessment | None) -> Rows:
    if assessment is None:
        return
    framework = assessment.framework
    answers = {answer.standard: answer for answer in assessment.answers}
    for standard in framework.on_track(assessment.track):
        answer = answers.get(standard.key)
        start = [framework.area_by_key[standard.area].name, standard.key, standard.name]
        yield [*start, *(_said(framework, answer) if answer else ())]


def _said(framework: Any, answer: Any) -> Sequence[Any]:
    names = {point.value: point.name for point in framework.scale}
    point = _("Does not apply") if answer.does_not_apply else names.get(answer.rating)
    visit = _("We will show this at the visit.") if answer.at_visit else ""
    shown = "\n".join(part for part in (answer.shown_by, visit) if part)
    return [answer.rating, point, answer.reason, shown, answer.voices, answer.changed_at]


def _plan_columns() -> Columns:
    return [
        (_("Standard"), 34),
        (_("What"), 50),
        (_("Who"), 20),
        (_("By when"), 18),
        (_("How young people are involved"), 40),
        (_("Done on"), 18),
        (_("Dropped on"), 18),
        (_("Note"), 40),
    ]


def _plan(taken: Taken, newest: Assessment | None) -> Rows:
    names = {s.key: s.name for s in newest.framework.standards} if newest else {}
    for action in taken.actions:
        yield [
            names.get(action.standard, action.standard),
            action.what,
            action.who,
            action.by_on,
            action.young_people,
            action.done_on,
            action.dropped_on,
            action.note,
        ]


def _evidence_columns() -> Columns:
    return [
        (_("Title"), 34),
        (_("What it shows"), 50),
        (_("Standards"), 16),
        (_("In your words, or its address"), 60),
        (_("File in this archive"), 60),
        (_("Added on"), 18),
        (_("Look at it again"), 18),
        (_("Put away on"), 18),
    ]


def _evidence(taken: Taken) -> Rows:
    for item in taken.evidence:
        version = item.versions[-1]
        yield [
            item.title,
            item.shows,
            ", ".join(item.standards),
            version.text or version.address,
            path_of(item, version),
            item.added_at,
            item.review_on,
            item.put_away_at,
        ]
