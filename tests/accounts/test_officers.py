"""flask officers …"""

import pytest
from sqlalchemy import select

from accounts.actions.people import appoint, end_appointment
from accounts.models.people import DATA_PROTECTION, OFFICER, ROLES, SAFEGUARDING
from accounts.queries import person_by_email
from accounts.words import APPOINTED
from tests.builders.people import PASSWORD, officer, person
from web import clock
from web.audit.chain import history_of
from web.mail import OutboxMail
from web.mail.writing import write

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


def test_the_safeguarding_lead_and_whoever_answers_for_data(app, session):
    """The law wants both, and nobody in the portal could appoint the first of them."""
    amina = person(session, "Amina Khan", AMINA)
    for group, role in (("safeguarding", SAFEGUARDING), ("data-protection", DATA_PROTECTION)):
        for words in (("appoint", AMINA), ("list",)):
            with app.app_context():
                done = app.test_cli_runner().invoke(args=[group, *words])
            assert done.exit_code == 0, done.output
        assert "Amina Khan" in done.output
        session.refresh(amina)
        assert amina.has_role(role)


@pytest.mark.parametrize("role", ROLES)
def test_the_mails_name_the_role(app, session, role):
    amina = person(session, "Amina Khan", AMINA)
    appoint(session, amina, role, by="system:test", at=clock.now())
    end_appointment(session, amina, role, by="system:test", at=clock.now())
    session.flush()
    with app.test_request_context(base_url="http://localhost"):
        mails = session.scalars(select(OutboxMail).where(OutboxMail.person_id == amina.id))
        subjects = [write(session, m).subject for m in mails if m.kind.startswith("accounts/app")]
    named = str(APPOINTED[role])
    assert subjects == [
        f"You have a role in the programme now: {named}", f"Your role has ended: {named}"
    ]  # fmt: skip


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
