"""A spreadsheet of one table: headings, then rows of texts, numbers and days."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from flask import Response

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
"""What somebody typed is text, whatever it begins with."""

Value = str | int | date | None


def sheet(title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> bytes:
    """``columns``: each one's heading and width in characters."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        page = book.add_worksheet(title)
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        days = book.add_format({"num_format": "d mmmm yyyy"})
        for column, (heading, width) in enumerate(columns):
            page.set_column(column, column, width, wrapped)
            page.write_string(0, column, heading, bold)
        page.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(page, number, column, value, days)
    return file.getvalue()


def download(content: bytes, name: str) -> Response:
    answer = Response(content, content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _write(page: Any, row: int, column: int, value: Value, days: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(row, column, value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, days)
    else:
        page.write_number(row, column, value)
