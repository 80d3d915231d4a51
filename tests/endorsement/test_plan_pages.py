"""The improvement plan, and offers to help."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import select

from endorsement.models import HelpOffer, ImprovementAction
from endorsement.plan.reminders import reminders
from tests.builders import accounts
from tests.builders import quality as build
from tests.client import soup
from tests.endorsement.conftest import HERE
from web import clock

PLAN = f"{HERE}/plan"


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


@pytest.fixture
def begun(session, organisation):
    return build.assessment(session, organisation)


def fresh(session, action):
    session.expire_all()
    return session.get_one(ImprovementAction, action.id)


def test_what_is_overdue_stands_first(session, at_work, begun, organisation):
    today = clock.today()
    build.action(session, organisation, what="Late one.", by_on=today - timedelta(days=3))
    build.action(session, organisation, what="Next one.", by_on=today + timedelta(days=3))
    said = words(at_work.get(PLAN))
    assert said.index("Late one.") < said.index("Next one.")
    assert "Overdue" in said


def test_a_step_is_added_for_a_chosen_standard(session, at_work, begun):
    page = soup(at_work.get(f"{PLAN}/new?standard=B1"))
    assert page.select_one('option[value="B1"][selected]')
    at_work.send(f"{PLAN}/new", press="Add it to the plan", standard="B1", what="A box.")
    assert session.scalars(select(ImprovementAction)).one().standard == "B1"


def test_a_step_needs_words_and_a_known_standard(session, at_work, begun):
    page = at_work.post_raw(f"{PLAN}/new", {"standard": "Z9", "what": ""})
    assert page.status_code == 422
    assert "Choose a standard." in words(page)
    assert "Write what you will do." in words(page)


def test_it_is_ticked_off_with_a_note(session, at_work, begun, organisation):
    made = build.action(session, organisation)
    address = f"{PLAN}/{made.reference}"
    at_work.send(address, press="Tick it off", note="It hangs by the door.")
    found = fresh(session, made)
    assert (found.done_on, found.note) == (clock.today(), "It hangs by the door.")
    assert "Done on" in words(at_work.get(address))
    at_work.send(address, press="Open it again")
    assert fresh(session, made).open


def test_done_cannot_be_tomorrow(session, at_work, begun, organisation):
    made = build.action(session, organisation)
    page = at_work.send(
        f"{PLAN}/{made.reference}", press="Tick it off", on="3 March 2098", note="Soon."
    )
    assert page.status_code == 422
    assert "That day is still to come." in words(page)
    assert "Soon." in str(soup(page).main)
    assert fresh(session, made).open


def test_dropping_asks_why(session, at_work, begun, organisation):
    made = build.action(session, organisation)
    address = f"{PLAN}/{made.reference}"
    assert at_work.send(address, press="Drop it").status_code == 422
    at_work.send(address, press="Drop it", note="The hall closed.")
    assert fresh(session, made).dropped_on == clock.today()
    assert "The hall closed." in words(at_work.get(PLAN))


def test_two_who_change_one_step_see_both_texts(
    session, browser, lead, editor, begun, organisation
):
    made = build.action(session, organisation)
    address = f"{PLAN}/{made.reference}"
    one, other = browser(lead), browser(editor)
    opened = soup(one.get(address)).select_one("input[name=opened]")["value"]
    other.send(address, press="Save", what="Sam's words.")
    page = one.post_raw(address, {"what": "Ada's words.", "opened": opened})
    assert page.status_code == 422
    assert "Sam's words." in words(page)
    assert fresh(session, made).what == "Sam's words."


def test_a_viewer_looks_and_changes_nothing(session, browser, viewer, begun, organisation):
    made = build.action(session, organisation)
    reader, address = browser(viewer), f"{PLAN}/{made.reference}"
    assert made.what in words(reader.get(address))
    assert reader.post_raw(address, {"what": "Mine."}).status_code == 403
    assert reader.post_raw(f"{address}/done", {"on": "3 March 2027"}).status_code == 403


def test_another_clubs_step_is_not_there(session, at_work, begun):
    other = accounts.checked_organisation(session, name="Harbour")
    made = build.action(session, other)
    assert at_work.get(f"{PLAN}/{made.reference}").status_code == 404


def test_the_spreadsheet_holds_no_formula(session, at_work, begun, organisation):
    build.action(session, organisation, what="=1+1", who="@SUM(A1)")
    book = load_workbook(BytesIO(at_work.get(f"{PLAN}.xlsx").data))
    row = next(book.active.iter_rows(min_row=2))
    assert (row[1].value, row[1].data_type) == ("=1+1", "s")
    assert (row[2].value, row[2].data_type) == ("@SUM(A1)", "s")
    assert row[3].value.date() == date(2027, 5, 1)


def test_the_calendar_has_each_open_day(session, at_work, begun, organisation):
    made = build.action(session, organisation, what="Photo; by the door, at last")
    build.action(session, organisation, by_on=None)
    book = Calendar.from_ical(at_work.get(f"{PLAN}.ics").data)
    (event,) = book.walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 5, 1)
    assert str(event["summary"]) == "Photo; by the door, at last"
    assert made.reference in str(event["url"])


def test_the_digest_tells_editors_and_leads(session, begun, organisation, editor, viewer, lead):
    now = clock.now()
    build.action(session, organisation, by_on=clock.today() + timedelta(days=7))
    build.action(session, organisation, by_on=clock.today() - timedelta(days=1), what="Late.")
    build.action(session, organisation, by_on=clock.today() + timedelta(days=70))
    told = list(reminders(session, now))
    assert {r.person_id for r in told} == {lead.id, editor.id}
    assert {r.key.rsplit(":", 1)[1] for r in told} == {"soon", "late"}
    assert len(told) == 4


def test_help_is_offered_read_and_taken_back(session, browser, lead, begun, organisation):
    other = accounts.checked_organisation(session, name="Harbour")
    build.rated(session, other)
    theirs = browser(accounts.lead_of(other))
    address = "/my/organisations/harbour/quality/standards/A1/help"
    theirs.send(address, press="Save", words="Come by on a Tuesday.")
    assert "Harbour : Come by on a Tuesday." in words(browser(lead).get(f"{HERE}/standards/A1"))
    assert "Come by" not in words(theirs.get("/my/organisations/harbour/quality/standards/B1"))
    theirs.send(address, press="Save", words="")
    assert "Come by" not in words(browser(lead).get(f"{HERE}/standards/A1"))
    session.expire_all()
    assert session.scalars(select(HelpOffer)).one().withdrawn_at


def test_only_who_is_there_offers_help(session, at_work, begun):
    build.answer(session, begun, "A1", 1)
    page = at_work.post_raw(f"{HERE}/standards/A1/help", {"words": "We know it all."})
    assert page.status_code == 403
    assert "Offer help" not in words(at_work.get(f"{HERE}/standards/A1"))
    assert session.scalars(select(HelpOffer)).all() == []
