"""Rows as a page and a spreadsheet show them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from training.importing import reading
from training.importing.fields import DAY, EMAIL, MODULE, NAME
from training.importing.forms import letter
from training.importing.states import CANNOT
from training.importing.words import said
from training.models import TrainingImport, TrainingImportRow
from training.pathways import Pathways
from web.folding import fold
from web.pages import long_date
from web.sheets import Value, sheet

MOST = 10_000
"""Rows of the spreadsheet."""


@dataclass(frozen=True)
class Remark:
    """What is to be said of one cell."""

    column: str
    """Its letter; empty: of the whole row."""
    heading: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Line:
    number: int
    fate: str
    who: str
    module: str
    day: str
    remarks: tuple[Remark, ...]


def lines(
    it: TrainingImport, rows: Iterable[TrainingImportRow], pathways: Pathways
) -> Iterator[Line]:
    modules, places = reading.modules(pathways), it.places
    for row in rows:
        cells = _cells(row.cells, places)
        on, _two = reading.day(cells.get(DAY, ""))
        found = pathways.by_key.get(modules.get(fold(cells.get(MODULE, "")), ""))
        yield Line(
            row.number,
            row.fate,
            cells.get(NAME) or cells.get(EMAIL) or "",
            f"{found.key} {found.name}" if found else cells.get(MODULE, ""),
            long_date(on) if on else cells.get(DAY, ""),
            tuple(_remark(it, note, cells) for note in row.notes),
        )


def _cells(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {key: cells[place] for key, place in places.items() if place < len(cells)}


def _remark(it: TrainingImport, note: Sequence[str], cells: Mapping[str, str]) -> Remark:
    place = it.places.get(note[0])
    if place is None:
        return Remark("", "", "", said(note, cells))
    return Remark(letter(place), it.headings[place], cells.get(note[0], ""), said(note, cells))


def in_words(remark: Remark) -> str:
    """As one sentence, for a cell of the spreadsheet."""
    if not remark.column:
        return remark.sentence
    return _("Column %(letter)s: %(what)s", letter=remark.column, what=remark.sentence)


def of_bad(it: TrainingImport, rows: Iterable[TrainingImportRow], pathways: Pathways) -> bytes:
    """The rows that cannot be added, with why: put right, it can be sent again as it is."""
    headings = [(heading, 22) for heading in it.headings]
    headings += [(_("Row"), 8), (_("What is wrong"), 60)]
    return sheet(_("Rows to mend"), headings, _with_why(it, rows, pathways))


def _with_why(
    it: TrainingImport, rows: Iterable[TrainingImportRow], pathways: Pathways
) -> Iterator[list[Value]]:
    width = len(it.headings)
    for row in rows:
        (line,) = lines(it, [row], pathways)
        cells = [*row.cells, *[""] * width][:width]
        why = "\n".join(map(in_words, line.remarks)) if row.fate == CANNOT else ""
        yield [*cells, row.number, why]
