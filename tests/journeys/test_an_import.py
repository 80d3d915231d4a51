"""An import with bad rows, on a phone without scripts: looked at, put right, added, taken back."""

import io
import time

import openpyxl
import pytest

from tests.browser import sign_in_as
from tests.builders.imports import csv_of
from tests.journeys.hands import Finger
from tests.page_list import DRAFT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHEET = csv_of(
    ("Nia Newby", "", "W1", "03/02/2026", "online", "Mill Lane Training"),
    ("Nia Newby", "", "First aid for all", "soon", "", ""),
    ("Nia Newby", "", "W2", "13.02.2026", "", ""),
    ("", "nobody@example.org", "W1", "1 March 2026", "", ""),
)


@pytest.fixture
def at_home(portal, visit):
    page = visit(width=360, height=740, scripts=False, accept_downloads=True)
    sign_in_as(page, "lead")
    page.goto(f"/my/organisations/{DRAFT}/training")
    hand = Finger(page)
    hand.follow("Add training from a spreadsheet")
    return page, hand


def send(page, hand, content, name="Our team.csv"):
    page.locator("#file").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    hand.press("Look at the rows")


def wait_for_the_worker(portal, page, hand, heading):
    """They look again until it is done, as the page says."""
    until = time.monotonic() + 60
    while page.locator("h1").inner_text() != heading:
        assert time.monotonic() < until, page.locator("main").inner_text()
        portal.deliver()
        hand.follow("Look again")


def mended(page, folder):
    """What comes down is put right where it says so, and the rest is taken out."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the rows that cannot be added").click()
    coming.value.save_as(folder / "bad.xlsx")
    book = openpyxl.load_workbook(folder / "bad.xlsx")
    rows = book.active
    assert [row[-1] for row in rows.iter_rows(min_row=2, values_only=True)] == [
        "Column C: There is no such module. Write its code, like W2, or its whole name.\n"
        "Column D: This is no day we can read. Write it like 3 March 2027.",
        "Column B: Nobody here has this email address. Put it right, or write their name too.",
    ]
    rows["C2"], rows["D2"] = "W4", "1 March 2026"
    rows.delete_rows(3)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_an_import_with_bad_rows(portal, at_home, tmp_path):
    page, hand = at_home
    send(page, hand, SHEET)
    first = page.url
    assert "Will be added" not in page.locator("main").inner_text()
    hand.follow("Change what the columns hold, or enter new people")
    page.get_by_label("People whom nobody here knows yet").select_option("volunteer")
    hand.press("Look at the rows")
    said = page.locator("main").inner_text()
    assert "Read day first: 3 February 2026." in said
    assert "Column D, “Date”: “soon”. This is no day we can read." in said
    again = mended(page, tmp_path)
    hand.press("Add 2 records")
    wait_for_the_worker(portal, page, hand, "The rows were added")
    page.goto(f"/my/organisations/{DRAFT}/training/import")
    send(page, hand, again, "Put right.xlsx")
    hand.press("Add 1 record")
    wait_for_the_worker(portal, page, hand, "The rows were added")
    page.goto(f"/my/organisations/{DRAFT}/training")
    assert page.get_by_text("Nia Newby").count()
    page.goto(first)
    hand.press("Take it all back")
    wait_for_the_worker(portal, page, hand, "The rows were taken back")
    hand.follow("Taken back")
    assert page.locator("ol.app-rows > li").count() == 2
