"""What a lead sees and presses: a sheet is sent, matched, looked at, added and taken back."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from tests.builders import accounts
from tests.builders import imports as build
from tests.client import soup
from tests.training.conftest import TEAM
from tests.web.files import making
from training.models import TrainingImport, TrainingImportRow, TrainingRecord

HERE = f"{TEAM}/import"
ROWS = [
    ("Ann Other", "", "W1", "03/02/2027", "", ""),
    ("Ann Other", "", "Z9", "soon", "", ""),
    ("Ann Other", "", "W1", "3 February 2027", "", ""),
]


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def sent(at_work, content, name="team.csv"):
    body, kind = making.posted({"csrf_token": at_work.token()}, content, name)
    return at_work.post(HERE, data=body, content_type=kind)


@pytest.fixture
def shown(at_work, organisation):
    """Where a sheet with a bad row is looked at, after new people were allowed."""
    there = sent(at_work, build.csv_of(*ROWS)).location
    at_work.send(f"{there}/columns", press="Look at the rows", newcomers="volunteer")
    return there


def test_a_row_that_is_wrong_names_its_cell_and_how_to_mend_it(at_work, shown):
    said = words(at_work.get(shown))
    assert "Row 3 Cannot be added Ann Other · Z9 · soon" in said
    assert "Column C, “Module”: “Z9”. There is no such module. Write its code, like W2" in said
    assert "Column D, “Date”: “soon”. This is no day we can read." in said
    assert "Read day first: 3 February 2027." in said
    assert "A row above says the same." in said
    for line in ("All rows : 3", "Will be added : 1", "There already : 1", "Cannot be added : 1"):
        assert line in said
    only = words(at_work.get(f"{shown}?show=cannot"))
    assert "Row 3" in only
    assert "Row 2" not in only


def test_the_bad_rows_come_back_as_a_spreadsheet(at_work, shown):
    book = openpyxl.load_workbook(io.BytesIO(at_work.get(f"{shown}/rows.xlsx").data))
    headings, row = book.active.iter_rows(values_only=True)
    assert headings == (*build.HEADINGS, "Row", "What is wrong")
    assert row[:4] == ("Ann Other", "", "Z9", "soon")
    assert row[6] == 3
    assert "Column C: There is no such module." in row[7]


def test_what_begins_like_a_formula_comes_back_as_text(at_work, session, organisation):
    it = build.begun(session, organisation, [("=1+1", "", "W1", "1 March 2027", "", "@SUM(A1)")])
    book = openpyxl.load_workbook(io.BytesIO(at_work.get(f"{HERE}/{it.reference}/rows.xlsx").data))
    cells = next(iter(book.active.iter_rows(min_row=2)))
    assert [(cell.value, cell.data_type) for cell in (cells[0], cells[5])] == [
        ("=1+1", "s"), ("@SUM(A1)", "s"),
    ]  # fmt: skip
    assert "This is a formula." in words(at_work.get(f"{HERE}/{it.reference}"))


def test_it_is_added_by_the_worker_and_taken_back(session, at_work, shown):
    assert "Being added" not in words(at_work.get(HERE))
    at_work.send(shown, press="Add 1 record")
    said = words(at_work.get(shown))
    assert "0 of 1 are added." in said
    assert "Look again" in said
    build.worked(session)
    assert "They wait to be checked" in words(at_work.get(shown))
    at_work.send(shown, press="Take it all back")
    build.worked(session)
    assert "The rows were taken back" in words(at_work.get(shown))
    assert session.scalar(select(func.count()).select_from(TrainingRecord)) == 0


def test_pressed_twice_it_is_added_once(session, at_work, shown):
    at_work.send(shown, press="Add 1 record")
    again = at_work.post_raw(f"{shown}/confirm", {}, follow_redirects=True)
    assert again.status_code == 200
    build.worked(session)
    assert session.scalar(select(func.count()).select_from(TrainingRecord)) == 1


def test_it_is_thrown_away(session, at_work, shown):
    at_work.send(shown, press="Throw this away")
    assert session.scalar(select(func.count()).select_from(TrainingImportRow)) == 0
    assert "This sheet was thrown away" in words(at_work.get(shown))
    assert at_work.post_raw(f"{shown}/confirm", {}).status_code == 303


def test_what_columns_hold_is_asked_and_remembered(session, at_work, organisation):
    sheet = build.csv_of(("Ann Other", "W1", "3/2/27"), headings=("A", "B", "C"))
    there = sent(at_work, sheet).location
    assert there.endswith("/columns")
    page = words(at_work.get(there))
    assert "Column A: “A”" in page
    assert "Like: Ann Other" in page
    wrong = at_work.send(there, press="Look at the rows", column_0="name", column_1="name")
    assert wrong.status_code == 422
    for sentence in ("Two columns cannot both hold “Name”", "Say which column holds the module"):
        assert sentence in words(wrong)
    chosen = {"column_0": "name", "column_1": "module", "column_2": "day"}
    at_work.send(there, press="Look at the rows", newcomers="volunteer", **chosen)
    first = there.removesuffix("/columns")
    assert "Row 2 Will be added Ann Other · W1" in words(at_work.get(first))
    at_work.send(first, press="Add 1 record")
    again = sent(at_work, sheet).location
    assert not again.endswith("/columns")
    assert "Row 2" in words(at_work.get(again))


def test_a_spreadsheet_is_as_good_as_a_csv_file(at_work, organisation):
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Email", "Course", "Completed"])
    book.active.append([accounts.lead_of(organisation).email, "W1", "1 March 2027"])
    book.save(kept)
    there = sent(at_work, kept.getvalue(), "team.xlsx").location
    assert "Row 2 Will be added" in words(at_work.get(there))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty"),
        (making.picture(), "This is something else"),
        (b"Name\nAnn\n", "The first row must say what each column holds"),
        (b"Name,Module,Date\n", "There are headings and nothing below them"),
        (b"Name,Module,Date\n" + b"x" * 10 * 1024 * 1024, "Files can have up to 10 MB"),
        (b"a,b\n" * 100_002, "more than 100,000 rows"),
        (b"Name,Module,Date\nx\x00,W1,1/1/27\n", "This is something else"),
    ],
)
def test_a_bad_file_is_turned_away_in_words(session, at_work, organisation, content, said):
    answer = sent(at_work, content)
    assert answer.status_code == 422
    assert said in words(answer)
    assert session.scalar(select(func.count()).select_from(TrainingImport)) == 0


def test_nothing_sent_is_said(at_work, organisation):
    assert "Choose a file." in words(at_work.post_raw(HERE, {}))


def test_another_organisation_knows_nothing_of_it(session, shown, browser):
    other = accounts.lead_of(accounts.checked_organisation(session, name="Otters"))
    assert browser(other).get(shown).status_code == 404
    elsewhere = shown.replace("kites-youth-club", "otters")
    assert browser(other).get(elsewhere).status_code == 404
