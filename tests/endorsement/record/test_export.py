"""The whole record as one archive, and the two pages for a funder."""

import io
import json
import zipfile
from datetime import date, timedelta

import openpyxl
import pypdfium2
import pytest

from endorsement.assessing import actions as assessing
from endorsement.plan import actions as plan
from endorsement.record.summary import LONGEST, shortened
from endorsement.sending import seal
from tests.builders import charter as pledges
from tests.builders import evidence as library
from tests.builders import quality
from tests.builders import sending as build
from tests.charter.counting import statements
from web import clock

HERE = "/my/organisations/kites/quality"
FORMULA = '=HYPERLINK("http://evil.example","click")'


@pytest.fixture
def ready(session):
    return build.ready(session, pledges.club(session, name="Kites"))


@pytest.fixture
def at_work(client, ready):
    client.sign_in(pledges.lead_of(ready.organisation))
    return client


def archive(client):
    answer = client.get(f"{HERE}/export")
    assert answer.status_code == 200
    found = zipfile.ZipFile(io.BytesIO(answer.data))
    assert found.testzip() is None
    return found


def test_all_of_it_is_there(session, at_work, ready):
    library.item(session, ready.organisation, "How we listen", standards=("B1",))
    made = build.sent(session, ready)
    found = archive(at_work)
    assert found.namelist()[:3] == ["readme.txt", "points-and-plan.xlsx", "record.json"]
    told = json.loads(found.read("record.json"))
    (assessment,) = told["assessments"]
    assert len(assessment["answers"]) == 12
    assert assessment["answers"][0]["reason"] == quality.REASON
    assert [a["standard"] for a in told["plan"]] == ["G3"]
    assert told["evidence"][0]["versions"][0]["text"].startswith("How we listen")
    assert "Kites" in found.read("readme.txt").decode()
    (sent,) = told["sent"]
    digests = [
        seal.digest_of(i["salt"], i["number"], i["kind"], i["key"], i["content"])
        for i in sent["items"]
    ]
    assert digests == [item.digest for item in made.items], "proved without us"


def test_no_colleague_is_named_in_it(session, at_work, ready):
    lead = pledges.lead_of(ready.organisation)
    text = archive(at_work).read("record.json").decode()
    assert lead.name not in text
    assert lead.email not in text


def sheets(client):
    return openpyxl.load_workbook(io.BytesIO(archive(client).read("points-and-plan.xlsx")))


def test_the_spreadsheet_has_points_reasons_and_plan_and_no_formula(session, at_work, ready):
    build.say(session, ready, "A1", 2, reason=FORMULA)
    quality.action(session, ready.organisation, "A2", "=1+1", by_on=date(2027, 5, 1))
    library.item(session, ready.organisation, "@SUM(A1)", standards=("B1",))
    book = sheets(at_work)
    assert len(book.sheetnames) == 3
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = [cell.value for cell in cells]
    assert {FORMULA, "=1+1", "@SUM(A1)"} <= set(values)
    assert book.worksheets[0].max_row == 13


def test_earlier_years_come_along(session, at_work, ready):
    lead = pledges.lead_of(ready.organisation)
    assessing.begin_next_year(session, ready, ready.framework_version, by=lead, at=clock.now())
    session.commit()
    told = json.loads(archive(at_work).read("record.json"))
    newest, earlier = told["assessments"]
    assert newest["ended_at"] is None
    assert earlier["ended_at"] is not None
    assert earlier["ratings_kept"][0]["why"] == "ended"


def test_one_that_never_began_has_an_archive(session, client):
    club = pledges.club(session, name="Kites")
    client.sign_in(pledges.lead_of(club))
    assert json.loads(archive(client).read("record.json"))["assessments"] == []
    assert client.get(f"{HERE}/summary").status_code == 303
    assert client.get(f"{HERE}/summary.pdf").status_code == 303


def test_its_statements_do_not_grow(app, session, at_work, ready):
    library.item(session, ready.organisation, "The first", standards=("B1",))
    build.sent(session, ready)
    with statements(app) as before:
        archive(at_work)
    for number in range(5):
        library.item(session, ready.organisation, f"Item {number}", standards=("B1", "A1"))
        quality.action(session, ready.organisation, "B2")
    build.say(session, ready, "A1", 3, reason="More.")
    with statements(app) as after:
        archive(at_work)
    assert len(after) == len(before)


# Two pages for a funder


def words(page):
    return " ".join(page.main.get_text(" ").split())


def pdf_text(client):
    answer = client.get(f"{HERE}/summary.pdf")
    assert answer.mimetype == "application/pdf"
    document = pypdfium2.PdfDocument(answer.data)
    return len(document), " ".join(
        " ".join(page.get_textpage().get_text_range().split()) for page in document
    )


def test_it_says_whose_account_it_is_and_where_they_stand(session, at_work, ready):
    for told in (words(at_work.page(f"{HERE}/summary")), pdf_text(at_work)[1]):
        assert "By our own account on 2 March 2027. Nobody else has checked it." in told
        assert "Foundation" in told
        assert "This is our first look." in told
        assert "Safe and well" in told
        assert "6 of 9" in told
        assert "Grace puts her name" in told
        assert "signed the charter since" in told
        assert "example text" not in told


def test_it_says_what_changed(session, at_work, ready):
    lead = pledges.lead_of(ready.organisation)
    assessing.keep_point(session, ready, by=lead, at=clock.now())
    session.commit()
    clock.freeze(clock.now() + timedelta(days=200))
    build.say(session, ready, "A1", 3, reason="More.")
    for told in (words(at_work.page(f"{HERE}/summary")), pdf_text(at_work)[1]):
        assert "On 2 March 2027 we had 23 points in all (Foundation). Now we have 24." in told
        assert "+1" in told


def test_example_text_is_marked(session, client):
    quality.framework(session)
    made = build.ready(session, pledges.club(session, name="Kites"))
    client.sign_in(pledges.lead_of(made.organisation))
    assert "example text" in words(client.page(f"{HERE}/summary"))
    assert "example text" in pdf_text(client)[1]


def test_the_longest_one_is_two_pages(session, client):
    build.agreed(session)
    made = build.ready(session, pledges.club(session, name="Kites", about="w" * 80), track="full")
    club = made.organisation
    for number in range(20):
        quality.action(session, club, "A1", f"{number} " + "We ask each of them again. " * 30)
    client.sign_in(pledges.lead_of(club))
    pages, told = pdf_text(client)
    assert pages <= 2
    assert "13 more are not listed." in told


def test_what_is_done_counts(session, at_work, ready):
    lead = pledges.lead_of(ready.organisation)
    action = quality.action(session, ready.organisation, "B1")
    plan.finish(session, action, on=clock.today(), note="", by=lead, at=clock.now())
    session.commit()
    assert "One step is open. One is done." in words(at_work.page(f"{HERE}/summary"))


@pytest.mark.parametrize("text", ["a b", "word " * 100, "x" * 500, "", "two\nlines"])
def test_a_step_is_told_in_short(text):
    short = shortened(text)
    assert len(short) <= LONGEST + 2
    assert "\n" not in short
