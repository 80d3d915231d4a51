"""flask officers …"""

import pytest

from accounts.models.people import OFFICER
from accounts.queries import person_by_email
from tests.builders.people import PASSWORD, officer, person
from web.audit.chain import history_of

AMINA = "amina@example.org"


@pytest.fixture
def flask(app, session):
    def run(*words):
        with app.app_context():
            result = app.test_cli_runner().invoke(args=["officers", *words])
        return result.exit_code, result.output

    return run


def test_somebody_with_an_account(flask, session, fetch_mail):
    amina = person(session, "Amina Khan", AMINA)
    code, said = flask("appoint", " Amina@example.org ")
    assert code == 0
    assert "Amina Khan (amina@example.org) is an officer" in said
    session.refresh(amina)
    assert amina.has_role(OFFICER)
    assert history_of(session, amina.appointments[0])[0].actor == "system:flask officers"
    assert [m.kind for m in fetch_mail()] == ["accounts/appointed"]


def test_somebody_without_an_account_is_not_made_one_by_a_slip(flask, session):
    code, said = flask("appoint", AMINA)
    assert code == 1
    assert "Nobody has an account with amina@example.org" in said
    assert '--name "Their Name"' in said
    assert person_by_email(session, AMINA) is None


def test_the_first_officer_of_a_new_portal(flask, client, session, fetch_mail):
    code, said = flask("appoint", AMINA, "--name", "Amina Khan")
    assert code == 0
    assert "choose a password" in said
    [mail] = fetch_mail()
    assert (mail.to, mail.kind) == (AMINA, "accounts/invited")
    client.send(mail.link, password=PASSWORD)
    assert client.send("/sign-in", "Sign in", email=AMINA, password=PASSWORD).status_code == 303
    assert person_by_email(session, AMINA).has_role(OFFICER)


def test_nobody_signs_in_before_the_mailed_link_was_used(flask, client, fetch_mail):
    flask("appoint", AMINA, "--name", "Amina Khan")
    fetch_mail()
    client.send("/sign-in", "Send me a code instead", email=AMINA)
    assert [m.kind for m in fetch_mail()] == ["accounts/confirm"]


def test_twice_is_said(flask, session):
    officer(session, email=AMINA)
    assert flask("appoint", AMINA)[0] == 1
    assert "is an officer already" in flask("appoint", AMINA)[1]


def test_ending(flask, session):
    amina = officer(session, email=AMINA)
    assert flask("end", AMINA)[0] == 0
    session.refresh(amina)
    assert not amina.has_role(OFFICER)
    code, said = flask("end", AMINA)
    assert code == 1
    assert "is not an officer" in said
    assert flask("appoint", AMINA)[0] == 0


@pytest.mark.parametrize("command", ["appoint", "end"])
def test_what_is_no_address(flask, command):
    code, said = flask(command, "amina")
    assert code == 1
    assert "is not an email address" in said


def test_the_list(flask, session):
    assert "Nobody is an officer yet" in flask("list")[1]
    officer(session, "Zoe", email="zoe@example.org")
    officer(session, "Amina", email=AMINA)
    person(session, "Bo")
    assert flask("list")[1].split("\n")[:2] == [
        "Amina <amina@example.org>",
        "Zoe <zoe@example.org>",
    ]
