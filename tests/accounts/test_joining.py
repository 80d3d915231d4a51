"""Somebody asks to join an organisation that stands, and its leads answer."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts import jobs
from accounts.actions.organisations import close_organisation
from accounts.models import Membership, MembershipRequest
from tests.builders import accounts as build
from tests.builders.people import officer, person
from tests.client import soup
from web import clock

FIND = "/my/join"
KITES = "/my/join/kites-youth-club"
DESK = "/my/organisations/kites-youth-club"


def words(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def kites(session):
    lead = person(session, "Amina Khan", "amina@example.org")
    return build.checked_organisation(session, lead, about="Secret plans")


@pytest.fixture
def sam(session):
    return person(session, "Sam Reid", "sam@example.org")


@pytest.fixture
def browser(client, sam):
    client.sign_in(sam)
    return client


def later(**by: float) -> None:
    clock.freeze(clock.now() + timedelta(**by))


def requests(session) -> list[MembershipRequest]:
    session.expire_all()
    return list(session.scalars(select(MembershipRequest).order_by(MembershipRequest.id)))


def signed(app, who):
    other = app.test_client()
    other.sign_in(who)
    return other


def test_from_finding_it_to_belonging_to_it(app, browser, session, kites, fetch_mail):
    fetch_mail()
    found = browser.page(FIND, q="kites")
    link = found.find("a", string="Kites Youth Club")["href"]
    assert browser.send(link, "Ask to join", note="I run Tuesdays.").status_code == 303
    (mail,) = fetch_mail()
    assert (mail.to, mail.subject) == (
        "amina@example.org",
        "Sam Reid asks to join Kites Youth Club",
    )
    assert "Tuesdays" not in mail.body, "what they wrote stands behind the door"
    lead = signed(app, build.lead_of(kites))
    assert "One person waits for your answer." in words(lead.get("/my/"))
    page = lead.get(mail.link)
    assert "I run Tuesdays." in words(page)
    assert requests(session)[0].state == "waiting", "opening the page changes nothing"
    assert lead.send(mail.link, "Let them join", role="editor").status_code == 303
    assert "editor" in words(browser.get(DESK))
    (told,) = fetch_mail()
    assert (told.to, told.subject) == ("sam@example.org", "You belong to Kites Youth Club now")


def test_declining_is_a_plain_mail(app, browser, session, kites, fetch_mail):
    asked = build.asks_to_join(session, kites, person(session, "Eve", "eve@example.org"))
    fetch_mail()
    lead = signed(app, build.lead_of(kites))
    lead.send(f"{DESK}/requests/{asked.reference}", "Decline")
    (told,) = fetch_mail()
    assert told.to == "eve@example.org"
    assert "They have declined." in told.body
    assert "Amina" not in told.body
    assert requests(session)[0].state == "declined"


def test_only_checked_ones_are_found_and_nothing_private_of_them(browser, session, kites):
    hidden = build.organisation(session, name="Kites Hidden Club")
    gone = build.checked_organisation(session, name="Kites Gone Club")
    close_organisation(session, gone, by=officer(session), at=clock.now())
    session.commit()
    said = browser.page(FIND, q="kites").get_text()
    assert "Kites Youth Club" in said
    assert "Hidden" not in said
    assert "Gone" not in said
    for slug in (hidden.slug, gone.slug, "no-such-club"):
        assert browser.get(f"/my/join/{slug}").status_code == 404
        assert browser.post_raw(f"/my/join/{slug}", {"note": "I run it."}).status_code == 404
    page = words(browser.get(KITES))
    assert "amina" not in page.lower()
    assert "Secret" not in page


def test_pressing_twice_asks_once(browser, session, kites, fetch_mail):
    fetch_mail()
    for _ in range(2):
        assert browser.post_raw(KITES, {"note": "I run Tuesdays."}).status_code == 303
    assert len(requests(session)) == 1
    assert len(fetch_mail()) == 1


def test_who_took_it_back_asks_again_after_some_days(browser, session, kites):
    browser.send(KITES, "Ask to join", note="I run Tuesdays.")
    assert browser.send(KITES, "Take it back").status_code == 303
    assert requests(session)[0].state == "withdrawn"
    answer = browser.send(KITES, "Ask to join", note="I run Tuesdays.")
    assert answer.status_code == 422
    assert "You can ask again on 9 March 2027." in words(answer)
    assert "I run Tuesdays." in words(answer), "nothing typed is lost"
    later(days=7)
    assert browser.send(KITES, "Ask to join", note="Me again.").status_code == 303
    assert len(requests(session)) == 2


def test_it_runs_out(app, browser, session, kites, fetch_mail):
    browser.send(KITES, "Ask to join", note="I run Tuesdays.")
    fetch_mail()
    later(days=28)
    said = jobs.end_what_has_run_out(session, clock.now())
    session.commit()
    assert said.startswith("1 requests")
    assert [m.subject for m in fetch_mail()] == ["Kites Youth Club has not answered"]
    lead = signed(app, build.lead_of(kites))
    address = f"{DESK}/requests/{requests(session)[0].reference}"
    assert "Nobody answered." in words(lead.get(address))
    assert lead.post_raw(address, {"do": "accept", "role": "lead"}).status_code == 409
    assert "Sam Reid" not in words(lead.get(f"{DESK}/colleagues"))


def test_the_second_answer_is_told_so(app, session, kites, sam):
    asked = build.asks_to_join(session, kites, sam)
    lead = signed(app, build.lead_of(kites))
    address = f"{DESK}/requests/{asked.reference}"
    assert lead.post_raw(address, {"do": "accept", "role": "viewer"}).status_code == 303
    again = lead.post_raw(address, {"do": "decline"})
    assert again.status_code == 409
    assert "answered already" in words(again)
    standing = select(func.count()).where(Membership.person_id == sam.id)
    assert session.scalar(standing) == 1


@pytest.mark.parametrize("typed", [{"do": "accept"}, {"do": "accept", "role": "owner"}, {}])
def test_a_lead_says_what_they_may_do(app, session, kites, sam, typed):
    asked = build.asks_to_join(session, kites, sam)
    lead = signed(app, build.lead_of(kites))
    answer = lead.post_raw(f"{DESK}/requests/{asked.reference}", typed)
    assert answer.status_code == 422
    assert "Choose what they may do." in words(answer)
    assert requests(session)[0].state == "waiting"


def test_another_clubs_lead_cannot_answer(app, session, kites, sam):
    asked = build.asks_to_join(session, kites, sam)
    other = build.checked_organisation(session, name="Quite Other")
    lead = signed(app, build.lead_of(other))
    for slug in ("kites-youth-club", other.slug):
        address = f"/my/organisations/{slug}/requests/{asked.reference}"
        assert lead.get(address).status_code == 404
        assert lead.post_raw(address, {"do": "accept", "role": "lead"}).status_code == 404


def test_where_nobody_leads_the_charter_team_answers(app, browser, session, kites, fetch_mail):
    build.last_lead_leaves(session, kites)
    fetch_mail()
    browser.send(KITES, "Ask to join", note="I run Tuesdays.")
    (mail,) = fetch_mail()
    assert "asks at Kites Youth Club, which nobody leads" in mail.subject
    team = signed(app, officer(session, "Petra"))
    assert "Sam Reid asks to join Kites Youth Club" in words(team.get("/team/leads"))
    assert team.send(mail.link, "Let them join", role="lead").location == "/team/leads"
    assert "lead" in words(browser.get(DESK))
    session.refresh(kites)
    assert kites.without_lead_since is None


def test_registering_one_that_stands_leads_to_asking(browser, session, kites):
    answer = browser.send(
        "/my/organisations/new",
        name="The Kites Youth Club", kind="club", areas=["ashfield"], volunteer_run="yes",
    )  # fmt: skip
    assert soup(answer).select_one(f"main a[href='{KITES}']")


def test_asking_is_limited_by_the_hour(app, browser, session):
    most = app.extensions["settings"].attempts_per_account
    clubs = [build.checked_organisation(session, name=f"Club {n}") for n in range(most + 1)]
    answers = [browser.post_raw(f"/my/join/{c.slug}", {"note": "It is me."}) for c in clubs]
    assert [a.status_code for a in answers] == [303] * most + [429]
