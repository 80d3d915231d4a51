"""A mailbox nobody can open: asked, checked, noticed for 72 hours, changed unless stopped."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import people as people_actions
from accounts.addresses import mailboxes
from accounts.addresses.mailbox_moves import MAILBOXES
from accounts.addresses.rules import CLOCK, HOLDER, PORTAL
from accounts.models import MailboxRequest, Person
from accounts.models.addresses import MAILBOX_STATES
from accounts.models.people import OFFICER
from accounts.queries import person_by_email
from tests.builders import accounts as organisations
from tests.builders import addresses as build
from tests.builders import people
from tests.charter.counting import statements
from tests.client import soup
from tests.parallel import at_once
from web import clock
from web.audit import record
from web.audit.verify import verify
from web.jobs import run_due
from web.mail import OutboxMail
from web.workflow import Refused, obstacles

OLD, NEW = "sam@closed.example", "sam@home.example"
ASK = "/lost-mailbox"
HOURS = timedelta(hours=72)


@pytest.fixture
def sam(session):
    return people.person(session, "Sam", OLD, password=people.PASSWORD)


@pytest.fixture
def kites(session, sam):
    club = organisations.organisation(session, people.person(session, "Lena", "lena@kites.example"))
    asked = organisations.invitation(session, club, OLD)
    organisations.colleagues.accept_invitation(session, asked, by=sam, at=clock.now())
    session.commit()
    return club


@pytest.fixture
def officer(session, client):
    made = people.officer(session, "Priya", email="priya@charter.example")
    client.sign_in(made)
    return made


@pytest.fixture
def links(session, sam, kites, officer, fetch_mail):
    """Notice has been given: the link in each mail, by its receiver."""
    fetch_mail()
    build.started(session, build.lost(session, OLD, NEW), officer)
    return {m.to: m.link for m in fetch_mail()}


def press(client, link, do):
    return client.application.test_client().post_raw(link, {"do": do})


def wait(app, session, hours=72):
    clock.freeze(clock.now() + timedelta(hours=hours))
    job = [j for j in app.extensions["jobs"] if "mailboxes" in j.name]
    run_due(app.extensions["database"], job)
    session.expire_all()


def state(session):
    return session.scalars(select(MailboxRequest.state)).one()


def ask(client, old=OLD, new=NEW, **more):
    typed = {"name": "Sam", "organisation": "Kites", "reach": "0115 496 0000"} | more
    return client.send(ASK, old_email=old, new_email=new, **typed)


# Asking


def test_the_form_says_nothing_about_who_has_an_account(client, session, sam, fetch_mail):
    answers = set()
    for email in (OLD, "nobody@closed.example"):
        sent = ask(client, email)
        answers.add((sent.status_code, sent.location, soup(client.get(sent.location)).main.text))
    assert len(answers) == 1
    assert fetch_mail() == []
    assert len(session.scalars(select(MailboxRequest)).all()) == 2


def test_asked_twice_stands_once(client, session, sam):
    ask(client)
    ask(client)
    assert state(session) == "asked"


def test_it_is_counted_how_often_somebody_asks(app, client):
    most = app.extensions["settings"].attempts_per_account
    answers = [ask(client, new=f"n{n}@home.example").status_code for n in range(most + 1)]
    assert answers == [303] * most + [429]


def test_what_is_wrong_is_said(client):
    assert "another address" in ask(client, new=OLD).text
    assert ask(client, name="", reach="").status_code == 422


def test_it_waits_in_the_officers_queue(client, officer):
    ask(client)
    page = client.page("/my/")
    line = page.find("a", string="Lost mailboxes").find_parent("div")
    assert "1, the oldest since 2 March 2027" in " ".join(line.get_text().split())


# Starting


def test_the_notice_goes_to_all_who_could_object(client, session, sam, kites, officer, fetch_mail):
    build.with_second(session, sam, "sam@second.example")
    organisations.member(session, kites, "editor", "Ed Editor")
    ask(client)
    lost = session.scalars(select(MailboxRequest)).one()
    fetch_mail()
    page = f"/team/mailboxes/{lost.reference}"
    assert "Kites Youth Club" in client.page(page).main.get_text()
    assert client.send(page, "I know it is them: start", note="").status_code == 422
    sent = client.send(page, "I know it is them: start", note="Called the club's number.")
    assert sent.status_code == 303
    kinds = {(m.to, m.kind.removeprefix("accounts/mailbox_")) for m in fetch_mail()}
    assert kinds == {
        (OLD, "notice"),
        ("sam@second.example", "notice"),
        ("lena@kites.example", "notice_lead"),
        (NEW, "confirm"),
    }
    session.expire_all()
    assert (lost.state, lost.due_at) == ("waiting", clock.now() + HOURS)
    assert lost.how_checked == "Called the club's number."
    assert lost.checked_by_colleague is False


def test_a_colleague_may_and_it_is_kept_that_they_did(session, sam, kites, officer):
    asked = organisations.invitation(session, kites, officer.email)
    organisations.colleagues.accept_invitation(session, asked, by=officer, at=clock.now())
    lost = build.started(session, build.lost(session, OLD, NEW), officer)
    assert lost.checked_by_colleague is True


def test_never_for_themself(client, session, officer):
    lost = build.lost(session, officer.email, NEW)
    assert client.get(f"/team/mailboxes/{lost.reference}").status_code == 403
    with pytest.raises(Refused, match="your own mailbox"):
        build.started(session, lost, officer)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("nobody@closed.example", NEW, "No account has this address"),
        ("role@closed.example", NEW, "data-protection lead"),
        (OLD, "taken@home.example", "opens another account"),
    ],
)
def test_what_cannot_be_started(client, session, sam, officer, old, new, sentence):
    people.person(session, "Taken", "taken@home.example")
    people.data_protection_lead(session, email="role@closed.example")
    lost = build.lost(session, old, new)
    page = client.page(f"/team/mailboxes/{lost.reference}")
    assert sentence in page.get_text()
    assert not page.find("button", string=lambda t: t and "start" in t)
    answer = client.post_raw(
        f"/team/mailboxes/{lost.reference}", {"note": "I know them well", "do": "start"}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "I know them well" in answer.text
    assert client.send(f"/team/mailboxes/{lost.reference}", "Refuse", note="No.").status_code == 303
    session.expire_all()
    assert (lost.state, lost.note) == ("refused", "No.")


def test_decided_meanwhile_by_another_officer(client, session, sam, officer):
    lost = build.lost(session, OLD, NEW)
    page = f"/team/mailboxes/{lost.reference}"
    mailboxes.refuse(session, lost, note="No.", by=people.officer(session, "Olu"), at=clock.now())
    session.commit()
    answer = client.post_raw(page, {"note": "I know them well", "do": "start"})
    assert answer.status_code == 422
    assert "cannot be done" in answer.text


# Waiting


def test_after_72_hours_it_is_changed_and_all_sessions_end(
    app, client, session, sam, links, fetch_mail
):
    theirs = app.test_client()
    theirs.sign_in(sam)
    assert theirs.get("/my/").status_code == 200
    assert press(client, links[NEW], "yes").status_code == 303
    wait(app, session, 71)
    assert (sam.email, state(session)) == (OLD, "waiting")
    wait(app, session, 1)
    assert (sam.email, state(session)) == (NEW, "done")
    assert theirs.get("/my/").status_code == 302
    assert {m.to for m in fetch_mail()} == {OLD, NEW}
    assert person_by_email(session, OLD) is None
    key = app.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []


def test_a_second_address_is_mended_too(app, client, session, sam, officer, fetch_mail):
    build.with_second(session, sam, "sam@gone.example")
    build.started(session, build.lost(session, "sam@gone.example", NEW), officer)
    link = next(m.link for m in fetch_mail() if m.kind == "accounts/mailbox_confirm")
    press(client, link, "yes")
    wait(app, session)
    assert sam.emails == [OLD, NEW]


@pytest.mark.parametrize("who", [OLD, NEW, "lena@kites.example"])
def test_whoever_had_the_notice_can_stop_it(app, client, session, sam, links, fetch_mail, who):
    press(client, links[NEW], "yes")
    assert press(client, links[who], "stop").status_code == 303
    assert "stopped" in client.get(links[who]).text
    assert press(client, links[NEW], "yes").status_code == 409
    wait(app, session)
    assert (sam.email, state(session)) == (OLD, "stopped")
    assert ("priya@charter.example", "accounts/mailbox_ended") in {
        (m.to, m.kind) for m in fetch_mail()
    }


def test_a_scanner_that_opens_every_link_changes_nothing(app, client, session, sam, links):
    for link in [*links.values()] * 2:
        assert client.application.test_client().get(link).status_code == 200
    lost = session.scalars(select(MailboxRequest)).one()
    assert (lost.state, lost.new_said_yes_at) == ("waiting", None)
    wait(app, session)
    assert sam.email == OLD


def test_only_the_new_address_confirms(client, session, links):
    for who in (OLD, "lena@kites.example"):
        assert press(client, links[who], "yes").status_code == 422
    assert press(client, links[NEW], "nonsense").status_code == 422
    assert client.get(f"{ASK}/notice/nonsense").status_code == 404
    assert session.scalars(select(MailboxRequest.new_said_yes_at)).one() is None


def test_unconfirmed_it_runs_out(app, session, sam, links):
    wait(app, session, 72 + 7 * 24)
    assert (sam.email, state(session)) == (OLD, "expired")


def test_confirmed_after_the_notice_it_is_changed_at_the_next_run(app, client, session, sam, links):
    wait(app, session, 80)
    press(client, links[NEW], "yes")
    wait(app, session, 1)
    assert (sam.email, state(session)) == (NEW, "done")


@pytest.mark.parametrize("what", ["taken", "role", "changed"])
def test_changed_meanwhile(app, client, session, sam, links, what):
    press(client, links[NEW], "yes")
    if what == "taken":
        people.person(session, "Quick", NEW)
    elif what == "role":
        people_actions.appoint(session, sam, OFFICER, by="system:test", at=clock.now())
    else:
        build.with_second(session, sam, "sam@other.example")
        change = build.making_main(session, sam)
        for side in ("old", "new"):
            build.actions.say_yes(session, change, side, at=clock.now())
        build.actions.remove_second(session, sam, at=clock.now())
    session.commit()
    wait(app, session)
    assert state(session) == "refused"
    assert session.scalars(select(MailboxRequest.note)).one()
    assert NEW not in sam.emails


def test_an_officer_can_stop_it_with_a_reason(client, session, sam, links, officer):
    lost = session.scalars(select(MailboxRequest)).one()
    page = f"/team/mailboxes/{lost.reference}"
    client.send(page, "Stop the change", note="Somebody else called.")
    session.expire_all()
    assert (lost.state, lost.note, lost.ended_by_id) == (
        "stopped", "Somebody else called.", officer.id,
    )  # fmt: skip
    assert "Somebody else called." in client.page(page).get_text()


def test_two_changes_for_one_account_do_not_run_at_once(session, sam, links, officer):
    with pytest.raises(Refused, match="under way"):
        build.started(session, build.lost(session, OLD, "else@home.example"), officer)


# Every state, every mover


@pytest.mark.parametrize("now", MAILBOX_STATES)
def test_who_may_make_which_move(session, sam, kites, now):
    officer = people.officer(session)
    lost = build.started(session, build.lost(session, OLD, NEW), officer)
    lost.state, lost.new_said_yes_at, lost.ended_at = now, clock.now(), lost.due_at
    record(session, lost, "test", by=sam, at=clock.now())
    session.commit()
    may = {
        ("start", "asked"): {officer},
        ("refuse", "asked"): {officer},
        ("stop", "waiting"): {officer, HOLDER},
        ("finish", "waiting"): {CLOCK},
        ("give up", "waiting"): {CLOCK},
        ("expire", "waiting"): {CLOCK},
        ("end with the account", "asked"): {PORTAL},
        ("end with the account", "waiting"): {PORTAL},
    }
    lead = organisations.lead_of(kites)
    for verb in MAILBOXES:
        for person in (sam, lead, officer, HOLDER, CLOCK, PORTAL):
            allowed = person in may.get((verb, now), set())
            assert (obstacles(MAILBOXES, verb, lost, person) == []) == allowed, (verb, person)


# At once


def test_two_workers_change_it_once(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        sam = people.person(session, "Sam", OLD)
        lost = build.started(session, build.lost(session, OLD, NEW), people.officer(session))
        mailboxes.say_yes(session, lost, at=clock.now())
        session.commit()
        person_id = sam.id
    clock.freeze(clock.now() + HOURS)
    job = [j for j in own_app.extensions["jobs"] if "mailboxes" in j.name]

    def work():
        with own_app.app_context():
            return run_due(database, job)

    assert sorted(map(len, at_once(work, work))) == [0, 1]
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.get(Person, person_id).emails == [NEW]
        kinds = [m.kind for m in session.scalars(select(OutboxMail))]
        assert kinds.count("accounts/mailbox_mended") == 2


def test_two_officers_start_and_refuse_at_once(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        people.person(session, "Sam", OLD)
        lost = build.lost(session, OLD, NEW)
        page = f"/team/mailboxes/{lost.reference}"
        clients = [own_app.test_client() for _ in range(2)]
        for client, name in zip(clients, ("Olu", "Petra"), strict=True):
            client.sign_in(people.officer(session, name))
            client.page(page)
        tokens = [client.token() for client in clients]

    def send(n, do):
        return lambda: clients[n].post(
            page, data={"csrf_token": tokens[n], "note": "I called.", "do": do}
        )

    answers = at_once(send(0, "start"), send(1, "refuse"))
    assert sorted(a.status_code for a in answers) == [303, 422]


# What it costs


def test_the_queue_asks_as_much_for_many(app, client, session, officer):
    def cost():
        with statements(app) as said:
            client.page("/team/mailboxes/")
        return len(said)

    build.lost(session, "a1@closed.example", "b1@home.example")
    few = cost()
    for n in range(2, 12):
        build.lost(session, f"a{n}@closed.example", f"b{n}@home.example")
    assert cost() == few
