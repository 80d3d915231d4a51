"""A table: the first sheet of a spreadsheet, or text with separators.

Everything becomes text, as it stands there: a formula too, which is never worked out.  Rows go to
the disk one by one, so that a large table needs no more memory than a small one.
"""

import csv
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from web.files.child import sniffing, texts
from web.files.child.saying import No
from web.folding import showable

SEPARATORS = ",;\t|"
SAMPLE = 64 * 1024
TRIED = 20
"""Rows by which the separator is told."""
Row = Sequence[Any]


def read(file: Path, folder: Path, limits: dict[str, int]) -> dict[str, Any]:
    """Each row that is not empty as a line of JSON in ``rows``: its number, and its cells."""
    kind = sniffing.kind_of(file)
    if kind not in ("xlsx", "text"):
        raise No("no table")
    found = _in_sheet(file, limits["most_columns"]) if kind == "xlsx" else _in_text(file)
    number = 0
    with (folder / "rows").open("w", encoding="utf-8") as kept:
        for place, cells in _not_empty(found, limits):
            number += 1
            if number > limits["most_rows"] + 1:  # the first one holds the headings
                raise No("rows", most=limits["most_rows"])
            kept.write(json.dumps([place, cells]) + "\n")
    if not number:
        raise No("empty")
    return {"rows": number}


def _not_empty(rows: Iterable[Row], limits: dict[str, int]) -> Iterator[tuple[int, list[str]]]:
    most = limits["most_characters"]
    for place, row in enumerate(rows, start=1):
        cells = [_text(value)[:most] for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits["most_columns"]:
            raise No("columns", most=limits["most_columns"])
        if cells:
            yield place, cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return showable(" ".join(value.split()))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, date):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


# Spreadsheets


def _in_sheet(file: Path, most_columns: int) -> Iterator[Row]:
    import openpyxl

    try:
        with file.open("rb") as stream:  # of a path it would ask what it is called
            book = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
            page = book.worksheets[0]
            page.reset_dimensions()  # what it says of itself may be wrong
            yield from page.iter_rows(max_col=most_columns + 1, values_only=True)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # a broken one fails in as many ways as there are parts in it
        raise No("broken") from error


# Text


def _in_text(file: Path) -> Iterator[Row]:
    with file.open("rb") as stream:
        head = stream.read(SAMPLE)
    encoding = texts.encoding_of(file, head)
    said = "utf-8-sig" if encoding == "utf-8" else encoding
    with file.open(encoding=said, newline="") as lines:
        separator, before = _separator(lines)
        lines.seek(0)
        try:
            yield from itertools.islice(csv.reader(lines, delimiter=separator), before, None)
        except csv.Error as error:
            raise No("broken") from error


def _separator(lines: Iterable[str]) -> tuple[str, int]:
    """What stands between the cells, and how many lines stand before the table: Excel may have
    written ``sep=;`` over it."""
    sample = [line for line in itertools.islice(lines, TRIED) if line.strip()]
    first = sample[0].strip().casefold() if sample else ""
    if first.startswith("sep=") and first[4:] and first[4] in SEPARATORS:
        return first[4], 1
    return max(SEPARATORS, key=lambda one: _likely(sample, one)), 0


def _likely(sample: list[str], separator: str) -> tuple[int, int]:
    """In how many rows it gives the same number of columns; and how many those are."""
    try:
        widths = Counter(map(len, csv.reader(sample, delimiter=separator)))
    except csv.Error:
        return (0, 0)
    widths.pop(1, None)
    width, times = max(widths.items(), key=lambda pair: pair[::-1], default=(0, 0))
    return (times, width)
