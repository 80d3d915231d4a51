"""The plan as a spreadsheet."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from endorsement.framework import Framework
from endorsement.models import ImprovementAction

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
"""What somebody typed is text, whatever it begins with."""


def of_plan(actions: Iterable[ImprovementAction], framework: Framework | None) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        page = book.add_worksheet(_("Plan"))
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        days = book.add_format({"num_format": "d mmmm yyyy"})
        for column, (title, width) in enumerate(_columns()):
            page.set_column(column, column, width, wrapped)
            page.write_string(0, column, title, bold)
        page.freeze_panes(1, 0)
        for row, action in enumerate(actions, start=1):
            for column, value in enumerate(_row(action, framework)):
                _write(page, row, column, value, days)
    return file.getvalue()


def _columns() -> list[tuple[str, int]]:
    return [
        (_("Standard"), 34),
        (_("What"), 50),
        (_("Who"), 20),
        (_("By when"), 18),
        (_("How young people are involved"), 40),
        (_("Where it stands"), 16),
        (_("Done on"), 18),
        (_("Note"), 40),
    ]


def _row(action: ImprovementAction, framework: Framework | None) -> list[Any]:
    standard = framework.by_key.get(action.standard) if framework else None
    return [
        standard.name if standard else action.standard,
        action.what,
        action.who,
        action.by_on,
        action.young_people,
        _stands(action),
        action.done_on,
        action.note,
    ]


def _stands(action: ImprovementAction) -> str:
    if action.done_on:
        return _("Done")
    return _("Dropped") if action.dropped_on else _("Open")


def _write(page: Any, row: int, column: int, value: Any, days: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write_datetime(row, column, value, days)
