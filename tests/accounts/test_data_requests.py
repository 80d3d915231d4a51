"""Asking about one's data, complaining, answering in time, and who sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import data_requests as actions
from accounts.models import DataRequest
from accounts.queries import person_by_email
from accounts.queries.data_requests import waiting
from accounts.request_moves import ASKER, TRANSITIONS
from tests.accounts.test_erasing import unsound
from tests.builders import accounts, people
from tests.charter.counting import statements
from web import clock
from web.mail.models import OutboxMail
from web.workflow import Refused, obstacles

ASK = "/your-data/ask"
BO = "bo@example.org"


@pytest.fixture
def dana(session):
    return people.data_protection_lead(session)


def the_one(session):
    return session.scalars(select(DataRequest)).one()


def ask_as_anybody(client, kind="see", email=BO, words="What do you know about me?"):
    return client.send(ASK, kind=kind, name="Bo Berg", email=email, words=words)


def test_the_public_page_knows_nobody_and_the_form_stands_elsewhere(client, session):
    answer = client.get("/your-data/")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    text = " ".join(client.page("/your-data/").get_text().split())
    assert "within 30 days" in text
    assert "24 months after the last sign-in" in text


def test_anybody_can_ask_and_follow_by_the_mailed_link(client, session, dana, fetch_mail):
    fetch_mail()
    answer = ask_as_anybody(client)
    assert (answer.status_code, answer.location) == (303, "/your-data/asked")
    asked = the_one(session)
    assert (asked.state, asked.person_id, asked.confirmed_at) == ("received", None, None)
    assert asked.acknowledge_by == clock.today() + timedelta(days=30)
    mails = {m.to: m for m in fetch_mail()}
    assert mails[dana.email].kind == "accounts/request_waits"
    assert "What do you know" not in mails[dana.email].body + mails[BO].body
    link = mails[BO].link
    assert client.get(link).status_code == 200
    session.refresh(asked)
    assert asked.confirmed_at is None, "opening the link does nothing"
    client.send(link, "Yes, it was me")
    session.refresh(asked)
    assert asked.confirmed_at is not None
    kept = session.scalars(select(OutboxMail).where(OutboxMail.address == BO)).one()
    assert link not in kept.body
    assert "[link removed]" in kept.body


def test_nobody_learns_who_has_an_account(client, session, dana):
    people.person(session, "Amina Khan", "amina@example.org")
    answers = [ask_as_anybody(client, email=e) for e in ("amina@example.org", BO)]
    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0].location == answers[1].location
    kinds = [
        m.kind
        for e in ("amina@example.org", BO)
        for m in session.scalars(select(OutboxMail).where(OutboxMail.address == e))
    ]
    assert kinds == ["accounts/request_received"] * 2


def test_signed_in_it_is_known_who_asks(client, session, dana):
    bo = people.person(session, "Bo Berg", BO)
    client.sign_in(bo)
    page = client.page(ASK, about="correct")
    assert not page.select("input[name=email]")
    assert page.select_one("input[value=correct]").has_attr("checked")
    client.send(ASK, kind="correct", words="My name is Bo Björk.")
    asked = the_one(session)
    assert (asked.email, asked.person_id) == (BO, bo.id)
    assert asked.confirmed_at is not None


@pytest.mark.parametrize("kind", ["correct", "object", "complain"])
def test_some_kinds_need_words(client, session, kind):
    answer = ask_as_anybody(client, kind=kind, words="")
    assert answer.status_code == 422
    assert "Tell us what it is about" in answer.get_data(as_text=True)
    assert ask_as_anybody(client, kind="erase", words="").status_code == 303


def test_the_button_pressed_twice_asks_once(client, session):
    ask_as_anybody(client)
    ask_as_anybody(client)
    assert the_one(session)


def test_asking_without_end_is_stopped(client, session):
    codes = [ask_as_anybody(client, words=f"No {n}").status_code for n in range(10)]
    assert codes[:8] == [303] * 8
    assert 429 in codes


def test_only_the_lead_sees_it_and_it_stands_in_their_queue(client, session, dana):
    asked = people.data_request(session)
    assert waiting(session, clock.now()).count == 1
    client.sign_in(dana)
    assert "Requests and complaints about data" in client.page("/my/").get_text()
    assert asked.name in client.page("/data-protection/").get_text()
    client.sign_in(people.officer(session))
    assert "about data" not in client.page("/my/").select_one("main").get_text()
    assert client.get(f"/data-protection/requests/{asked.reference}").status_code == 404


def test_the_clock_is_shown_and_what_is_late_is_marked(client, session, dana):
    late = people.data_request(session, words="Long ago")
    clock.freeze(clock.now() + timedelta(days=20))
    people.data_request(session, words="Newer")
    client.sign_in(dana)
    page = client.page("/data-protection/")
    assert "2 open, 0 overdue" in page.get_text()
    assert "in 10 days" in page.get_text()
    clock.freeze(clock.now() + timedelta(days=11))
    page = client.page("/data-protection/")
    assert "2 open, 1 overdue" in page.get_text()
    first = page.select_one(".app-rows__one")
    assert "Overdue since" in first.get_text()
    assert late.reference in first.select_one("a")["href"]


def test_the_way_of_a_complaint(client, session, dana, fetch_mail):
    asked = people.data_request(session, kind="complain", words="You wrote to me twice.")
    fetch_mail()
    client.sign_in(dana)
    here = f"/data-protection/requests/{asked.reference}"
    client.send(here, "I have read it: tell them")
    assert [m.kind for m in fetch_mail()] == ["accounts/request_acknowledged"]
    answer = client.send(here, "Send the answer", note="We are sorry. It was a slip.")
    assert answer.status_code == 303
    [mail] = fetch_mail()
    assert (mail.to, mail.kind) == (asked.email, "accounts/request_answered")
    assert "It was a slip" in mail.body
    session.refresh(asked)
    assert (asked.state, asked.closed_at) == ("answered", clock.now())
    assert [e.verb for e in asked.events] == ["acknowledge", "answer"]
    client.sign_out()
    page = client.page(mail.link.split()[0])
    assert "It was a slip" in page.get_text()
    assert dana.name not in page.get_text()
    assert not page.select("main form")
    assert unsound(session) == []


def test_saying_no_needs_a_reason(client, session, dana, fetch_mail):
    asked = people.data_request(session)
    client.sign_in(dana)
    here = f"/data-protection/requests/{asked.reference}"
    assert client.send(here, "Say no, with this reason", note="").status_code == 422
    fetch_mail()
    client.send(here, "Say no, with this reason", note="We hold nothing about you.")
    assert [m.kind for m in fetch_mail()] == ["accounts/request_refused"]
    session.refresh(asked)
    assert asked.state == "refused"
    # The second of two who decide keeps what they typed.
    late = client.post_raw(here, {"note": "Another answer", "do": "answer"})
    assert late.status_code == 422


def test_whoever_asked_can_take_it_back(client, session, fetch_mail):
    ask_as_anybody(client)
    link = fetch_mail()[-1].link
    client.send(link, "Take it back")
    asked = the_one(session)
    assert asked.state == "withdrawn"
    assert client.post_raw(f"{link}/take-back", {}).status_code == 303
    session.refresh(asked)
    assert len(asked.events) == 1


def test_every_state_and_every_move(session, dana):
    """Of whoever may and whoever may not: what is not listed is refused."""
    asked = people.data_request(session)
    olu = people.officer(session)
    for state in ("received", "acknowledged", "answered", "refused", "withdrawn"):
        asked.state = state
        for verb in TRANSITIONS:
            allowed = {
                who
                for who, by in (("dana", dana), ("olu", olu), ("asker", ASKER))
                if who != "asker" or verb == "take back"
                if not (verb == "take back" and who != "asker")
                and not obstacles(TRANSITIONS, verb, asked, by)
            }
            listed = state in TRANSITIONS[verb].sources
            wanted = ({"asker"} if verb == "take back" else {"dana"}) if listed else set()
            assert allowed == wanted, (state, verb)
    session.rollback()


# Their account


def test_nothing_is_shown_or_deleted_before_it_is_known_who_asked(client, session, dana):
    bo = people.person(session, "Bo Berg", BO)
    asked = people.data_request(session, email=BO)
    client.sign_in(dana)
    here = f"/data-protection/requests/{asked.reference}"
    assert "not shown yet that the mailbox is theirs" in client.page(here).get_text()
    for what in ("look", "erase"):
        assert client.post_raw(f"{here}/{what}", {"reason": "Asked."}).status_code == 403
    session.refresh(bo)
    assert bo.erased_at is None


def test_looking_at_somebody_s_data_leaves_word_of_it(client, session, dana):
    bo = people.person(session, "Bo Berg", BO)
    club = accounts.checked_organisation(session, bo, name="Kites")
    asked = people.data_request(session, by=bo)
    client.sign_in(dana)
    here = f"/data-protection/requests/{asked.reference}"
    assert client.get(f"{here}/data").status_code == 403
    page = client.send(here, "See their data", follow=True)
    assert club.name in page.get_data(as_text=True)
    session.refresh(asked)
    assert [e.verb for e in asked.events] == ["look"]
    assert unsound(session) == []


def test_an_account_is_deleted_on_request(client, session, dana, fetch_mail):
    bo = people.person(session, "Bo Berg", BO)
    asked = people.data_request(session, by=bo, kind="erase")
    client.sign_in(dana)
    here = f"/data-protection/requests/{asked.reference}/erase"
    assert "What stays, and why" in client.page(here).get_text()
    assert client.send(here, "Delete this account now", reason="").status_code == 422
    fetch_mail()
    client.send(here, "Delete this account now", reason="They asked by letter.")
    assert [m.kind for m in fetch_mail()] == ["accounts/account_deleted"]
    assert person_by_email(session, BO) is None
    session.refresh(asked)
    assert [(e.verb, e.note) for e in asked.events] == [
        ("erase the account", "They asked by letter.")
    ]
    assert asked.state == "received", "it still waits for an answer"
    client.page(f"/data-protection/requests/{asked.reference}")
    assert unsound(session) == []


def test_nobody_handles_their_own_request(session, dana):
    asked = people.data_request(session, by=dana, kind="erase")
    with pytest.raises(Refused, match="another data protection lead"):
        actions.erase_account(session, asked, dana, by=dana, at=clock.now(), reason="x")
    with pytest.raises(Refused, match="another data protection lead"):
        actions.answer(session, asked, by=dana, at=clock.now(), note="x")


def test_the_queue_takes_no_more_statements_for_many(app, client, session, dana):
    client.sign_in(dana)
    counted = []
    for number in (1, 8):
        for n in range(number):
            people.data_request(session, words=f"{number} {n}")
        session.expire_all()
        with statements(app) as said:
            client.get("/data-protection/")
        counted.append(len(said))
    assert counted[0] == counted[1]


def test_the_privacy_page_says_what_the_rules_do(client, session):
    text = " ".join(client.page("/privacy").get_text().split())
    for said in ("24 months after the last sign-in", "30 days", "6 years"):
        assert said in text
