"""Reading a case: three voices, saved as one types, sealed when it is sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from review.desk.seal import changed_since_sealed
from review.models import Reading
from review.states import DESK, VISIT
from tests.builders import review as build
from tests.builders import sending
from tests.charter.counting import statements
from tests.client import soup
from web import clock
from web.unchanging import Unchangeable

MOST = 12


def said(page):
    return " ".join(page.get_text(" ").split())


def test_a_page_has_three_voices_and_the_words_of_the_points(desk, home):
    page = desk.page(f"{home}/standards/B1")
    headings = [h.get_text() for h in page.select(".app-voices h2")]
    assert headings == ["What they say", "What shows it", "What young people say"]
    assert "Who was hurt" in said(page)
    assert "Young people’s own answers are not here yet" in said(page) or "wrote nothing" in said(
        page
    )
    assert len(page.select("[name=rating]")) == 4


def test_it_is_read_in_any_order_and_sent_when_all_is_there(session, desk, home, parts, case):
    desk.send(f"{home}/standards/B2", rating="1", reason="", then="on")
    page = desk.page(home)
    assert "1 of 12" not in said(page)
    assert "Say why" in said(page)
    assert desk.send(f"{home}/standards/B2", rating="1", reason="Not heard.").status_code == 303
    assert "1 of 12 are done" in said(desk.page(home))
    assert desk.post_raw(f"{home}/send", {}).status_code == 422
    build.whole(session, parts[0])
    session.commit()
    answer = desk.send(f"{home}/send", follow=True)
    assert "sent and sealed" in said(soup(answer))
    session.refresh(parts[0])
    assert (parts[0].state, len(parts[0].seal)) == ("sent", 64)
    session.refresh(case)
    assert case.state == DESK
    again = desk.post_raw(f"{home}/standards/B2", {"rating": "3"})
    assert again.status_code == 403
    assert desk.post_raw(f"{home}/send", {}).status_code == 303


def test_the_last_one_in_moves_the_case(session, case, parts):
    for part in parts[:2]:
        build.sent(session, part)
        assert case.state == DESK
    build.sent(session, parts[2])
    assert case.state == VISIT
    assert case.events[-1].verb == "all read"
    assert case.events[-1].by_id is None


def test_what_is_typed_is_saved_and_two_windows_lose_nothing(app, session, desk, home, parts):
    other = app.test_client()
    other.sign_in(parts[0].person)
    held = [
        b.page(f"{home}/standards/B1").select_one("[name=opened]")["value"] for b in (desk, other)
    ]
    typed = f"{home}/standards/B1/typed"
    first = desk.post_raw(typed, {"opened": held[0], "rating": "2", "reason": "Mine."})
    assert first.status_code == 200
    second = other.post_raw(typed, {"opened": held[1], "rating": "2", "reason": "Yours."})
    assert (second.status_code, "Nothing is lost" in second.json["wrong"]) == (409, True)
    shown = other.post_raw(f"{home}/standards/B1", {"opened": held[1], "reason": "Yours."})
    assert (shown.status_code, b"Mine." in shown.data, b"Yours." in shown.data) == (422, True, True)
    on = desk.post_raw(typed, {"opened": first.json["opened"], "rating": "3", "reason": "Mine."})
    assert on.status_code == 200
    assert session.scalars(select(Reading.rating)).all() == [3]


def test_nothing_stays_on_the_device(desk, home):
    assert desk.page(f"{home}/standards/B1").select_one("[data-typed][data-unkept]")


def test_what_is_sealed_cannot_be_changed_and_a_change_behind_our_back_is_told(session, parts):
    build.sent(session, parts[0], private_note="Mine alone.")
    session.commit()
    reading = session.scalars(select(Reading).order_by(Reading.id)).first()
    reading.reason = "Other words."
    with pytest.raises(Unchangeable):
        session.flush()
    session.refresh(reading)
    reading.private_note = ""
    session.commit()
    assert list(changed_since_sealed(session)) == []
    session.connection().execute(
        text("UPDATE reading SET rating = 0 WHERE id = :i"), {"i": reading.id}
    )
    assert "is not what was sealed" in "".join(changed_since_sealed(session))


def test_files_are_those_that_were_sealed(app, session, desk, home, case, parts):
    page = desk.page(f"{home}/standards/B1")
    picture = page.select_one("img.app-evidence__page")["src"]
    assert desk.get(picture).mimetype == "image/webp"
    original = desk.get(next(a["href"] for a in page.select("a") if a["href"].endswith("/file")))
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert desk.get(picture.replace("/1/pages", "/2/pages")).status_code == 404
    stranger = app.test_client()
    from tests.builders import people

    stranger.sign_in(people.person(session, "A stranger"))
    assert stranger.get(picture).status_code == 404


def test_a_young_assessor_reads_theirs_and_only_what_is_marked_for_them(app, home, parts):
    young = app.test_client()
    young.sign_in(parts[2].person)
    listed = [a.get_text() for a in young.page(home).select(".govuk-task-list__link")]
    assert len(listed) == 4
    assert young.get(f"{home}/standards/A1").status_code == 404
    page = young.page(f"{home}/standards/B1")
    assert "Who was hurt" not in page.get_text()
    assert page.select_one("img.app-evidence__page")
    assert young.get(f"{home}/standards/B1/ask").status_code == 403


@pytest.mark.parametrize("page", ["", "/standards/B1", "/send"])
def test_a_page_costs_few_statements(app, desk, home, page):
    desk.get(home + page)
    with statements(app) as told:
        assert desk.get(home + page).status_code == 200
    assert len(told) <= MOST


def test_the_queue_and_the_first_page_lead_with_what_is_owed(session, desk, case, parts):
    name = case.organisation.name
    queue = said(desk.page("/assess/"))
    assert "Your turn" in queue
    assert "Late" not in queue
    assert f"{name} Read it, and send what you think. Until" in said(desk.page("/my/"))
    clock.freeze(clock.now() + timedelta(days=60))
    assert "Late" in said(desk.page("/assess/"))
    build.sent(session, parts[0])
    session.commit()
    queue = said(desk.page("/assess/"))
    assert f"With others now {name}" in queue
    assert "Late" not in queue
    assert "You have nothing to read" in said(desk.page("/my/"))
    sending.withdrawn(session, case.submission)
    session.commit()
    assert f"Over {name}" in said(desk.page("/assess/"))


def test_a_case_that_is_taken_back_takes_no_more(session, desk, home, case):
    sending.withdrawn(session, case.submission)
    assert desk.get(home).status_code == 200
    assert desk.post_raw(f"{home}/standards/B1", {"rating": "2"}).status_code == 403
