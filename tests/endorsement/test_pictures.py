"""Where an organisation stands, how far it came, and its plan burning down."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from endorsement.models import QualityPoint
from endorsement.pictures.burn_down import burn_down
from tests.builders import quality as build
from tests.endorsement.conftest import HERE
from web import clock

PICTURES = f"{HERE}/pictures"


def test_the_areas_stand_beside_the_day_they_are_compared_with(session, at_work, organisation):
    found = build.rated(session, organisation, {"A1": 1})
    at_work.post_raw(PICTURES, {})
    clock.freeze(clock.now() + timedelta(days=60))
    build.answer(session, found, "A1", 3)
    page = at_work.page(PICTURES)
    assert "7 of 9 (+2)" in page.get_text(" ")
    assert page.select("svg .app-drawing__before")
    (row,) = [r for r in page.select("table tr") if "Safeguarding: a policy" in r.get_text()][:1]
    assert [c.get_text(strip=True) for c in row.select("td")] == ["Started→Making a difference"]


def test_a_day_is_kept_once(session, at_work, organisation):
    build.rated(session, organisation)
    for _ in range(2):
        at_work.post_raw(PICTURES, {})
    assert session.scalar(select(func.count(QualityPoint.id))) == 1


def test_each_day_has_its_row(session, at_work, organisation):
    build.rated(session, organisation)
    at_work.post_raw(PICTURES, {})
    rows = at_work.page(PICTURES).find("caption", string="Standards at each point")
    cells = [c.get_text() for c in rows.find_parent("table").select("tbody tr")[0].select("td")]
    assert cells == ["0", "0", "12", "0"]


def test_before_anything_is_begun_it_leads_there(at_work, organisation):
    assert at_work.get(PICTURES).location == HERE


def _action(planned, done=None, dropped=None):
    at = datetime.combine(planned, datetime.min.time(), ZoneInfo("Europe/London"))
    return SimpleNamespace(planned_at=at, done_on=done, dropped_on=dropped)


def test_the_plan_burns_down_month_by_month():
    actions = [
        _action(date(2027, 1, 10), done=date(2027, 2, 3)),
        _action(date(2027, 1, 31)),
        _action(date(2027, 2, 1), dropped=date(2027, 3, 2)),
    ]
    told = [(m.end, m.open, m.done) for m in burn_down(actions, date(2027, 3, 5))]
    assert told == [
        (date(2027, 1, 31), 2, 0),
        (date(2027, 2, 28), 2, 1),
        (date(2027, 3, 5), 1, 1),
    ]


def test_no_plan_no_picture():
    assert burn_down([], date(2027, 3, 5)) == []


def test_a_page_says_nothing_by_colour_alone(session, at_work, organisation):
    build.rated(session, organisation)
    page = at_work.page(PICTURES)
    said = [line.get_text(" ", strip=True) for line in page.select(".app-drawn li")]
    assert said[0] == "Safe and well 6 of 9"
    assert len(page.select("caption")) == 1
