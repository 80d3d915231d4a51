"""Deleting an account: what goes, what stays, and that nothing breaks of it."""

import pytest
from sqlalchemy import select, text

from accounts.erasing import FORMER
from accounts.models import Invitation, Person
from accounts.queries import person_by_email
from charter import states
from tests.builders import accounts, charter, people
from tests.builders.people import PASSWORD
from tests.conftest import SECRET
from web import clock
from web.audit import AuditEntry, AuditValue
from web.audit.verify import verify
from web.database import database
from web.erasing import erase, outlook
from web.mail import sending
from web.mail.models import OutboxMail
from web.parking import ParkedForm
from web.workflow import Refused

KEY = SECRET[::-1].encode()
AMINA = "amina@example.org"
DELETE = "/my/account/delete"


def unsound(session):
    session.expire_all()
    return list(verify(session, KEY))


@pytest.fixture
def amina(session):
    """Leads a club with somebody else, has written its pledge, was renamed once."""
    amina = people.person(session, "Amina Khan", AMINA, password=PASSWORD)
    club = accounts.checked_organisation(session, amina, name="Kites Youth Club")
    accounts.member(session, club, "lead", "Bo Berg")
    charter.pledge(session, states.SENT, organisation=club)
    return amina


def gone(session, person):
    erase(session, person, by=person, at=clock.now())
    session.commit()


def test_the_page_says_what_goes_what_stays_and_asks_for_the_password(client, amina, session):
    client.sign_in(amina)
    text = " ".join(client.page(DELETE).get_text().split())
    assert "Somebody who has left" in text
    assert "The pledges you worked on" in text
    assert "no other lead" not in text
    answer = client.send(DELETE, "Delete my account now", password="not it")
    assert answer.status_code == 422
    assert "That is not the password" in answer.get_data(as_text=True)
    session.refresh(amina)
    assert amina.erased_at is None


def test_deleting_signs_out_and_nobody_signs_in_any_more(client, amina, session, fetch_mail):
    fetch_mail()
    client.sign_in(amina)
    answer = client.send(DELETE, "Delete my account now", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/account-deleted")
    assert client.get("/my/").status_code == 302
    told = [(m.to, m.kind) for m in fetch_mail()]
    assert told == [(AMINA, "accounts/account_deleted")]
    assert client.send("/sign-in", "Sign in", email=AMINA, password=PASSWORD).status_code == 422
    assert person_by_email(session, AMINA) is None
    assert unsound(session) == []


def test_the_row_stays_without_a_word_of_them(amina, session):
    number = amina.id
    gone(session, amina)
    row = session.get_one(Person, number)
    assert (row.name, row.active, row.password) == (FORMER, False, None)
    assert row.erased_at == clock.now()
    assert "@" not in row.email
    assert all(m.ended_at for m in row.memberships)


def test_no_row_of_any_table_says_the_name_or_address_but_what_is_kept(amina, session):
    """Looked for in every column of every table; what stays is named here."""
    asked = people.person(session, "Cas Cole", "cas@example.org")
    club = amina.memberships[0].organisation
    accounts.invitation(session, club, "amina2@example.org")
    parked = ParkedForm(
        person_id=amina.id, path="/my/", typed={"a": [AMINA]}, parked_at=clock.now()
    )
    session.add(parked)
    session.commit()
    assert asked
    gone(session, amina)
    found = set()
    for (table, column), values in everything(session).items():
        if any("Amina Khan" in v or AMINA in v for v in values):
            found.add(f"{table}.{column}")
    kept = {
        # The organisation's record: who can be asked about its pledge (tests/builders/charter.py).
        "pledge.contact_name",
        "pledge.contact_email",
        "audit_value.after",
        # What tells them of it, until it is sent; and mails to others.
        "outbox_mail.address",
        "outbox_mail.facts",
    }
    assert found <= kept
    values = session.execute(
        select(AuditEntry.subject, AuditValue.after).join(
            AuditEntry, AuditEntry.number == AuditValue.entry_number
        )
    )
    where = {s.split(":")[0] for s, v in values if "Amina Khan" in str(v) or AMINA in str(v)}
    assert where <= {"pledge"}


def everything(session):
    from web.database import Base

    return {
        (table.name, column.name): [
            str(value)
            for (value,) in session.execute(
                text(f'SELECT CAST("{column.name}" AS TEXT) FROM "{table.name}"')
            )
        ]
        for table in Base.metadata.sorted_tables
        for column in table.columns
    }


def test_the_chain_stays_whole_and_tells_of_it(amina, session):
    before = session.scalar(select(AuditValue).join(AuditEntry).where(
        AuditEntry.subject == f"person:{amina.id}"
    ))  # fmt: skip
    assert before is not None
    gone(session, amina)
    assert unsound(session) == []
    last = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == f"person:{amina.id}")
        .order_by(AuditEntry.number.desc())
    ).first()
    assert (last.verb, last.actor) == ("erase", f"person:{amina.id}")
    # A change of the erased row by SQL is still found.
    session.execute(text("UPDATE person SET name = 'Amina Khan' WHERE erased_at IS NOT NULL"))
    assert any("name was changed" in said for said in unsound(session))


def test_the_same_address_can_register_again(client, amina, session, fetch_mail):
    gone(session, amina)
    fetch_mail()
    client.send(
        "/create-account",
        "Create the account",
        name="Amina",
        email=AMINA,
        password="purple otter lamp",
        mailbox="mine",
    )
    [mail] = fetch_mail()
    assert mail.kind == "accounts/confirm"
    client.send(mail.link, password="purple otter lamp")
    new = person_by_email(session, AMINA)
    assert new is not None
    assert new.erased_at is None
    assert new.memberships == []


def test_an_invitation_that_waits_for_them_is_taken_back(session):
    club = accounts.checked_organisation(session, name="Kites")
    amina = people.person(session, email=AMINA)
    asked = accounts.invitation(session, club, AMINA)
    gone(session, amina)
    session.refresh(asked)
    assert asked.withdrawn_at is not None
    assert "@" not in asked.email
    assert session.scalar(select(Invitation).where(Invitation.email == AMINA)) is None
    assert unsound(session) == []


def test_the_only_lead_is_warned_and_not_held_back(client, session):
    amina = people.person(session, email=AMINA, password=PASSWORD)
    accounts.checked_organisation(session, amina, name="Kites Youth Club")
    client.sign_in(amina)
    text = " ".join(client.page(DELETE).get_text().split())
    assert "Kites Youth Club has no other lead" in text
    client.send(DELETE, "Delete my account now", password=PASSWORD)
    assert person_by_email(session, AMINA) is None
    client.sign_in(people.officer(session))
    assert "Kites Youth Club" in client.page("/team/leads").main.get_text()


def test_where_another_still_leads_nobody_is_sought(client, amina, session):
    gone(session, amina)
    client.sign_in(people.officer(session))
    page = client.page("/team/leads")
    assert "Kites Youth Club" not in page.main.get_text()


@pytest.mark.parametrize("arrives", [True, False])
def test_the_last_mail_is_forgotten_once_it_went(amina, session, fetch_mail, arrives, monkeypatch):
    fetch_mail()
    gone(session, amina)
    waiting = select(OutboxMail).where(OutboxMail.kind == "accounts/account_deleted")
    assert session.scalars(waiting).one().address == AMINA
    session.commit()
    if arrives:
        assert AMINA in [mail.to for mail in fetch_mail()]
    else:
        monkeypatch.setattr(sending, "PATIENCE", ())
        monkeypatch.setattr(sending, "write", lambda *_: 1 / 0)
        assert sending.send_due(database()) == 0
    session.expire_all()
    mail = session.scalars(waiting).one()
    assert (mail.address, mail.facts, mail.subject, mail.body) == ("", {}, None, None)
    assert (mail.sent_at is not None, mail.gave_up_at is not None) == (arrives, not arrives)


def test_a_standing_role_has_to_end_first(client, session):
    olu = people.officer(session, password=PASSWORD)
    client.sign_in(olu)
    page = client.page(DELETE)
    assert "role has to end first" in page.get_text()
    assert not page.select("input[type=password]")
    assert client.post_raw(DELETE, {"password": PASSWORD}).status_code == 422
    with pytest.raises(Refused):
        erase(session, olu, by=olu, at=clock.now())
    assert olu.erased_at is None


def test_what_is_erased_is_not_erased_again(amina, session):
    gone(session, amina)
    with pytest.raises(Refused, match="deleted already"):
        erase(session, amina, by=amina, at=clock.now())


def test_pages_that_showed_them_go_on_and_say_that_somebody_left(client, session):
    amina = people.person(session, "Amina Khan", AMINA)
    club = accounts.checked_organisation(session, amina, name="Kites Youth Club")
    bo = accounts.member(session, club, "lead", "Bo Berg")
    made = charter.pledge(session, states.LIVE, organisation=club)
    olu = people.officer(session)
    gone(session, amina)
    client.sign_in(bo)
    for address in ("", "/colleagues", "/pledge", "/details"):
        page = client.page(f"/my/organisations/{club.slug}{address}")
        assert "erased:" not in page.get_text()
        assert "Amina Khan" not in page.get_text().replace("Amina Khan, amina", "")
    client.sign_in(olu)
    page = client.page(f"/team/pledges/{made.reference}")
    assert FORMER in page.get_text()
    client.page(f"/team/organisations/{club.slug}")
    client.sign_out()
    client.page(f"/organisations/{club.slug}")


def test_the_outlook_says_nothing_of_pledges_to_whoever_wrote_none(session):
    found = outlook(session, people.person(session))
    assert found.obstacles == found.warnings == []
    assert not any("pledge" in sentence for sentence in found.keeps)
