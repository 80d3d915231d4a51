"""A young person's seat: from the code to the seat, out again by itself, a new passphrase, the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Person
from accounts.models.people import NOBODYS
from steering import actions as seats_actions
from steering import queries as seats
from steering.models import Tie, YouthSeat
from steering.youth import actions, codes, names, queries
from tests.builders import accounts, people, youth
from tests.client import soup
from web import clock
from web.mail import OutboxMail, post
from web.retention import run_by_hand
from web.workflow import Refused

TEAM = "/team/steering-group/youth"


@pytest.fixture
def officer(session):
    return people.officer(session)


@pytest.fixture
def seat(session, officer):
    made = seats_actions.make_seat(session, "youth", "", by=officer, at=clock.now())
    session.commit()
    return made


@pytest.fixture
def asked(session, officer, seat):
    made = youth.invited(session, seat, by=officer)
    session.commit()
    return made


def join(client, code, name="Comet", password=youth.PASSPHRASE):
    client.send("/join-seat/code", code=code)
    return client.send("/join-seat/you", name=name, password=password)


def sign_in(client, name="comet", password=youth.PASSPHRASE):
    return client.send("/seat-sign-in", name=name, password=password)


def words(page):
    return " ".join(soup(page).main.get_text().split())


def test_from_the_code_to_the_seat_and_out_again(client, session, officer, asked):
    code = youth.code(asked)
    assert join(client, code.lower().replace("-", " ")).location == "/join-seat/waits"
    assert "not open yet" in words(sign_in(client))
    client.sign_in(officer)
    client.send(f"{TEAM}/{asked.reference}", press="Open the seat")
    client.sign_out()
    client.comes_back = None
    assert sign_in(client).status_code == 303
    assert "helps you" in client.page("/my/steering/").main.get_text()
    person = queries.named(session, "COMET").person
    assert person.has_role("steering group")
    clock.freeze(clock.now() + timedelta(minutes=40))
    assert client.get("/my/steering/").status_code == 200
    clock.freeze(clock.now() + timedelta(minutes=62))
    assert client.get("/my/steering/").status_code == 302


def test_a_code_works_once_and_runs_out(client, session, officer, asked):
    code = youth.code(asked)
    join(client, code)
    assert "It works once" in words(client.send("/join-seat/code", code=code))
    other = youth.invited(session, asked.seat, "deputy", by=officer)
    session.commit()
    late = youth.code(other)
    clock.freeze(clock.now() + timedelta(days=15))
    assert "It works once" in words(client.send("/join-seat/code", code=late))


def test_a_new_code_makes_the_earlier_one_worthless(session, officer, asked):
    before = asked.code_digest
    week = timedelta(days=7)
    actions.give_code(session, asked, youth.digest, good_for=week, by=officer, at=clock.now())
    assert queries.with_code(session, before, clock.now()) is None


def test_the_code_stands_nowhere(session, asked):
    key = "k"
    code = codes.code_of(asked.code_salt, key)
    assert code not in str(vars(asked))
    assert codes.digest_of(code, key) == codes.digest_of(code.lower().replace("-", ""), key)
    assert codes.code_of(asked.code_salt, "other") != code


@pytest.mark.parametrize("name", ["Ann Smith", "x", "a" * 21, "<b>", ""])
def test_no_full_names(name):
    assert not names.is_one_word(name)


def test_a_short_or_easy_passphrase_and_a_taken_name_are_refused(client, session, officer, asked):
    client.send("/join-seat/code", code=youth.code(asked))
    short = client.send("/join-seat/you", name="Comet", password="moon")
    assert "Make it longer" in words(short)
    easy = client.send("/join-seat/you", name="Comet", password="passwordpassword")
    assert easy.status_code == 422
    assert asked.joined_at is None
    join(client, youth.code(asked))
    other = youth.invited(session, asked.seat, "deputy", by=officer)
    session.commit()
    assert "Somebody has this name" in words(join(client, youth.code(other), name="COMET"))


def test_no_mail_ever_goes_to_a_seat(session, officer, asked):
    person = youth.opened(session, asked, "Comet", by=officer)
    session.commit()
    assert person.email.endswith(NOBODYS)
    post(session, "accounts/appointed", to=person.email, at=clock.now(), person_id=person.id)
    session.flush()
    theirs = select(OutboxMail).where(OutboxMail.person_id == person.id)
    assert session.scalars(theirs).all() == []


def test_a_deputy_signs_in_too(client, session, officer, asked):
    youth.opened(session, asked, "Comet", by=officer)
    deputy = youth.invited(session, asked.seat, "deputy", by=officer)
    person = youth.opened(session, deputy, "Echo", by=officer, password=youth.PASSPHRASE)
    session.commit()
    session.expire_all()
    assert person.active
    assert sign_in(client, "Echo").status_code == 303


def test_a_reset_needs_both_and_is_told(client, session, officer, asked):
    person = youth.opened(session, asked, "Comet", by=officer, password=youth.PASSPHRASE)
    session.commit()
    client.sign_in(asked.supporter)
    client.send("/my/supporting/", press="They need a new passphrase")
    with pytest.raises(Refused, match="needs their supporter and you"):
        actions.give_code(session, asked, youth.digest, good_for=timedelta(days=1), by=officer,
                          at=clock.now())  # fmt: skip
    client.sign_in(officer)
    client.send(f"{TEAM}/{asked.reference}", press="Say yes to a new passphrase")
    client.send(f"{TEAM}/{asked.reference}", press="Make a code for it")
    session.expire_all()
    client.sign_in(asked.supporter)
    assert youth.code(asked) in client.page("/my/supporting/").main.get_text()
    client.sign_out()
    client.comes_back = None
    client.send("/join-seat/code", code=youth.code(asked))
    client.send("/join-seat/you", password="violin tulip saturn crumb")
    assert "Check your name" in words(sign_in(client))
    sign_in(client, password="violin tulip saturn crumb")
    assert "You have a new passphrase" in client.page("/my/").main.get_text()
    client.send("/my/steering/", press="It was me")
    assert "You have a new passphrase" not in client.page("/my/").main.get_text()
    assert person.has_role("steering group")


def test_the_supporter_who_is_an_officer_does_not_say_yes_twice(session, officer, seat):
    made = youth.invited(session, seat, by=officer, supporter=officer)
    youth.opened(session, made, "Comet", by=officer)
    with pytest.raises(Refused, match="somebody else"):
        actions.agree_to_reset(session, made, as_supporter=False, by=officer, at=clock.now())


def test_the_supporter_sees_no_more_than_that(client, session, officer, asked):
    stranger = people.person(session, "Stranger")
    client.sign_in(stranger)
    assert client.get("/my/supporting/").status_code == 404
    assert client.post_raw(f"/my/supporting/{asked.reference}/help", {}).status_code == 404
    client.sign_in(asked.supporter)
    client.send("/my/supporting/", press="Ask the Charter team for help")
    assert queries.waiting(session, clock.now()).count == 1
    assert client.get("/my/steering/").status_code == 403


def test_pages_that_need_a_mailbox_say_so(client, session, officer, asked):
    person = youth.opened(session, asked, "Comet", by=officer)
    session.commit()
    client.sign_in(person)
    for page in ("/my/account/addresses", "/my/organisations/new", "/my/proof", "/my/messages"):
        answer = client.get(page)
        assert (answer.status_code, "no email address" in words(answer)) == (403, True)
    account = client.page("/my/account").main
    assert NOBODYS not in str(account)
    assert NOBODYS not in str(client.page("/my/data/").main)
    assert not account.select("a[href*=addresses]")
    assert NOBODYS not in str(client.page("/your-data/ask").main)


def test_after_the_end_the_name_passphrase_and_ties_go(app, session, officer, asked):
    person = youth.opened(session, asked, "Comet", by=officer, password=youth.PASSPHRASE)
    club = accounts.checked_organisation(session, people.person(session), name="Kites")
    seats_actions.note_tie(session, person, club, "stands aside", by=person, at=clock.now())
    actions.end(session, asked, "Moved on.", by=officer, at=clock.now())
    session.commit()
    assert seats.term_of(session, person) is None
    for days, gone in ((80, False), (100, True)):
        clock.freeze(clock.now() + timedelta(days=days - 80 if gone else days))
        run_by_hand(app.extensions["database"], "test")
        session.expire_all()
        kept = session.get_one(Person, person.id)
        assert (kept.name != "Comet", kept.password is None) == (gone, gone)
    assert session.get_one(YouthSeat, asked.id).name_key is None
    assert session.scalars(select(Tie)).all() == []
