"""What we hold of a person: to read, and to take away whole."""

import json
import re

import pytest

from accounts.trail import thing
from charter import states
from tests.builders import accounts, charter, people
from tests.charter.counting import statements
from web.audit.verify import audited_models
from web.my_data import KEYS, sections_of


@pytest.fixture
def amina(session):
    """A lead who was invited elsewhere, invites, and has sent a pledge."""
    amina = people.person(session, "Amina Khan", "amina@example.org")
    club = accounts.checked_organisation(session, amina, name="Kites Youth Club")
    accounts.invitation(session, club, "bo@example.org", "viewer")
    charter.pledge(session, states.SENT, organisation=club)
    return amina


def rows(session, person, key):
    [found] = [s for s in sections_of(session, person) if s.key == key]
    return [{str(k): v for k, v in row.items()} for row in found.rows]


def test_the_page_says_what_is_held_and_why(client, amina):
    client.sign_in(amina)
    page = client.page("/my/data/")
    text = " ".join(page.get_text().split())
    for said in ("amina@example.org", "Kites Youth Club", "bo@example.org", "You began it"):
        assert said in text
    assert "We delete it 24 months after you last signed in" in text
    assert page.select_one("a[href='/my/data/download']")
    assert "argon2" not in text
    assert amina.fs_uniquifier not in text


def test_the_file_holds_every_section_whole(client, amina, session):
    client.sign_in(amina)
    answer = client.get("/my/data/download")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="my-data-2027-03-02.json"'
    )
    assert answer.headers["Cache-Control"] == "no-store"
    told = json.loads(answer.data.decode("utf-8"))
    assert told["about_this_file"] == KEYS
    assert {key.split(".")[0] for key in KEYS} == set(told) - {"about_this_file"}
    mine = {s.key: len(s.rows) for s in sections_of(session, amina)}
    assert {s["key"]: len(s["rows"]) for s in told["sections"]} == mine
    assert len(mine) == len(told["sections"]), "keys are unique"
    assert mine["trail"] > 10
    account = told["sections"][0]["rows"][0]
    assert (account["Name"], account["Email address"]) == ("Amina Khan", "amina@example.org")


def test_a_name_of_any_letters_comes_through(client, session):
    zoe = people.person(session, "Zoë ‏نادي 🎈")
    client.sign_in(zoe)
    assert "Zoë ‏نادي 🎈" in client.get("/my/data/download").data.decode("utf-8")


def test_nobody_reads_what_is_somebody_elses(client, amina, session):
    bo = people.person(session, "Bo Berg")
    client.sign_in(bo)
    said = client.get("/my/data/download").data.decode()
    assert "Kites" not in said
    assert "amina" not in said


def test_the_trail_has_own_acts_and_what_was_done_to_the_account(session):
    olu = people.officer(session)
    club = accounts.organisation(session, name="Kites")
    from accounts.actions.organisations import check_organisation
    from web import clock

    check_organisation(session, club, by=olu, at=clock.now())
    session.commit()
    told = [(r["What"], r["Of what"]) for r in rows(session, olu, "trail")]
    assert told[0] == ("You: checked", f"an organisation ({club.id})")
    assert told[-1] == ("You: registered", "your account")
    assert not any("Kites" in thing for _, thing in told)


def test_every_audited_table_has_a_name_in_plain_words(app):
    with app.test_request_context():
        for model in audited_models():
            said = thing(f"{model.__tablename__}:7")
            assert said.split()[0] in ("a", "an", "what", "who", "how", "somebody’s", "young"), said


def test_a_word_is_not_walked_letter_by_letter(client, amina):
    client.sign_in(amina)
    text = " ".join(client.page("/my/data/").get_text(" ").split())
    assert "You are Lead" in text
    assert not re.search(r"\b\w, \w, \w\b", text)


def test_the_record_of_acts_is_one_table_newest_first(client, amina):
    client.sign_in(amina)
    page = client.page("/my/data/")
    table = page.select_one("#trail ~ table")
    assert [th.get_text() for th in table.select("thead th")] == ["When", "What", "Of what"]
    assert len(table.select("tbody tr")) <= 20
    assert "You: sent" in table.get_text()


def test_many_rows_take_no_more_statements(app, client, session):
    few, many = people.person(session, "Few"), people.person(session, "Many")
    for person, number in ((few, 1), (many, 6)):
        for n in range(number):
            club = accounts.checked_organisation(session, person, name=f"Club {person.name} {n}")
            accounts.invitation(session, club, f"x{n}@example.org")
            charter.pledge(session, states.SENT, organisation=club)
    counted = {}
    for person in (few, many):
        client.sign_in(person)
        session.expire_all()
        with statements(app) as said:
            client.get("/my/data/")
        counted[person.name] = len(said)
    assert counted["Many"] <= counted["Few"]


def test_a_section_that_is_long_says_so_and_the_file_has_all(client, session):
    amina = people.person(session)
    club = accounts.checked_organisation(session, amina, name="Kites")
    for n in range(25):
        accounts.invitation(session, club, f"x{n}@example.org")
    client.sign_in(amina)
    text = " ".join(client.page("/my/data/").get_text().split())
    assert "These are the first 20 of 25" in text
    assert "x24@example.org" in client.get("/my/data/download").data.decode()
