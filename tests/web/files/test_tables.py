"""A spreadsheet or a CSV file, as rows of texts; what is none is turned away in words."""

import datetime
import io

import openpyxl
import pytest

from tests.web.files import making
from web.files import checking, tables
from web.files.tables import Limits
from web.workflow import Refused

pytestmark = pytest.mark.once

FEW = Limits(rows=3, columns=4, characters=20)
PEOPLE = [["Name", "Day"], ["Zoë", "3 March 2027"]]


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context():
        yield


def rows_of(content, limits=FEW, name="team.csv"):
    table = tables.read(making.sent(content, name), limits)
    try:
        return list(table)
    finally:
        table.close()


def book(*rows):
    made, kept = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_common_way_to_save_it(separator, encoding):
    said = "\r\n".join(separator.join(row) for row in PEOPLE)
    assert [cells for _number, cells in rows_of(said.encode(encoding))] == PEOPLE


def test_what_excel_writes_over_it_and_what_stands_in_quotes():
    assert rows_of(b'sep=;\r\na;b\r\n"1;2";"say ""hi""\n there"\r\n') == [
        (1, ["a", "b"]),
        (2, ["1;2", 'say "hi" there']),
    ]


def test_empty_rows_count_and_are_left_out():
    assert rows_of(b"a,b\n,\n1,2\n") == [(1, ["a", "b"]), (3, ["1", "2"])]


def test_a_spreadsheet_as_it_stands_there():
    day, moment = datetime.date(2027, 3, 3), datetime.datetime(2027, 3, 3, 14, 5)  # noqa: DTZ001 - a cell has none
    given = book(["Day", "At", "n", "x"], [day, moment, 4.0, "=1+1"], [None, True])
    assert [cells for _number, cells in rows_of(given)] == [
        ["Day", "At", "n", "x"],
        ["2027-03-03", "2027-03-03 14:05:00", "4", "=1+1"],
        ["", "True"],
    ]


BOMB = making.zipped(
    {
        "[Content_Types].xml": making.TYPES.format("spreadsheetml.sheet.main+xml"),
        "xl/worksheets/sheet1.xml": b"<c>" * 20_000_000,
    }
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        (making.picture(), "This is something else"),
        (making.pdf(), "This is something else"),
        (making.docx(), "This is something else"),
        (b"\x00\x01\x02" * 50, "This is something else"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "old kind of spreadsheet"),
        (making.docx({"xl/vbaProject.bin": b"x"}, "spreadsheetml.sheet.main+xml"), "macros"),
        (making.docx(main="spreadsheetml.sheet.main+xml"), "broken"),
        (book(["a"])[:-200], "broken"),
        (BOMB, "unpacks"),
        (b"a,b\n" * 5, "more than 3 rows"),
        (b"a,b,c,d,e\n", "more than 4 columns"),
        (b'a,b\n"' + b"x" * 200_000, "broken"),
    ],
)
def test_what_is_no_table_is_turned_away_in_words(content, said):
    with pytest.raises(Refused, match=said):
        rows_of(content)


def test_long_cells_are_cut():
    assert rows_of(b"a,b\n" + b"x" * 30) == [(1, ["a", "b"]), (2, ["x" * 20])]


def test_too_many_bytes():
    with pytest.raises(Refused, match="up to 1 MB"):
        rows_of(b"a,b\n" * 300_000, Limits(megabytes=1))


def test_a_reader_that_runs_wild_is_ended(monkeypatch):
    monkeypatch.setattr(checking, "MOST_SECONDS_OF_A_TABLE", 0.001)
    with pytest.raises(Refused, match="too large"):
        rows_of(b"a,b\n")
