"""An address passes to somebody else: the pledge goes with its person and stays no secret behind."""

import pytest
from sqlalchemy import select

from accounts.addresses import actions as addresses
from accounts.addresses import mailboxes
from charter.models import WorkerPledge
from tests.accounts.conftest import fetch_mail  # noqa: F401 - a fixture
from tests.builders import addresses as changing
from tests.builders import charter as build
from tests.builders import people, workers
from web import clock
from web.audit.verify import verify

OLD, NEW = "desk@club.example", "amina@home.example"
FORM = "/pledge/worker"
YOU = {"first_name": "Bo", "role": "coach", "area": "gedling"}


@pytest.fixture(autouse=True)
def agreed(session):
    return build.agreed_charter(session)


@pytest.fixture
def amina(session):
    """She signed with the club's address, which opened her account then."""
    return people.person(session, "Amina Khan", OLD)


@pytest.fixture
def pledge(session, amina):
    made = workers.pledge(session, "Amina", email=OLD, shown=True)
    assert made.person_id == amina.id
    return made


def leaves_the_address(session, person, to=NEW):
    """Her own becomes the main one, and the club's goes."""
    changing.with_second(session, person, to)
    change = changing.making_main(session, person)
    for side in addresses.SIDES:
        addresses.say_yes(session, change, side, at=clock.now())
    addresses.remove_second(session, person, at=clock.now())
    session.commit()


def stands(session):
    session.expire_all()
    wanted = select(WorkerPledge.email, WorkerPledge.state, WorkerPledge.person_id)
    return [tuple(row) for row in session.execute(wanted.order_by(WorkerPledge.id))]


def asks_for_link(client, fetch, address):
    fetch()
    client.send(f"{FORM}/link", press="Send me the link", email=address)
    (mail,) = fetch()
    return mail


def test_whoever_reads_the_mailbox_next_learns_nothing(client, session, pledge, amina, fetch_mail):  # noqa: F811
    leaves_the_address(session, amina)
    assert stands(session) == [(NEW, "live", amina.id)]
    mail = asks_for_link(client, fetch_mail, OLD)
    assert (mail.to, mail.kind) == (OLD, "charter/worker-none")
    assert "Amina" not in mail.body
    mail = asks_for_link(client, fetch_mail, NEW)
    assert (mail.to, mail.kind) == (NEW, "charter/worker-stands")
    assert "Amina" in client.page(mail.link).main.get_text()


def test_an_old_mail_in_the_mailbox_opens_nothing_any_more(
    client, session, pledge, amina, fetch_mail  # noqa: F811
):  # fmt: skip
    mail = asks_for_link(client, fetch_mail, OLD)
    assert client.get(mail.link).status_code == 200
    leaves_the_address(session, amina)
    for address in (mail.link, f"{mail.link}/change", f"{mail.link}/withdraw"):
        assert client.get(address).status_code == 410


def test_a_link_that_waits_to_be_sent_is_dead_when_it_arrives(
    client, session, pledge, amina, fetch_mail  # noqa: F811
):  # fmt: skip
    client.send(f"{FORM}/link", press="Send me the link", email=OLD)
    leaves_the_address(session, amina)
    mail = next(m for m in fetch_mail() if m.kind == "charter/worker-stands")
    assert mail.to == OLD
    assert client.get(mail.link).status_code == 410


def test_the_next_one_signs_for_themselves(client, session, pledge, amina, app):
    leaves_the_address(session, amina)
    bo = people.person(session, "Bo Bright", OLD)
    client.sign_in(bo)
    assert client.get("/my/pledge").location == FORM
    client.send(FORM, press="I will keep these")
    client.send(f"{FORM}/you", press="Go on", **YOU)
    client.send(f"{FORM}/check", press="Sign the charter")
    assert stands(session) == [(NEW, "live", amina.id), (OLD, "live", bo.id)]
    key = app.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []


def test_it_follows_when_the_team_mends_a_mailbox(session, pledge, amina):
    olu = people.officer(session)
    lost = changing.started(session, changing.lost(session, OLD, NEW), olu)
    mailboxes.say_yes(session, lost, at=clock.now())
    session.commit()
    clock.freeze(lost.due_at)
    mailboxes.mend_due(session, clock.now())
    session.commit()
    assert stands(session) == [(NEW, "live", amina.id)]


def test_it_stays_where_it_is_while_the_address_is_still_theirs(session, pledge, amina):
    changing.with_second(session, amina, NEW)
    assert stands(session) == [(OLD, "live", amina.id)]


def test_what_a_stranger_typed_for_the_new_address_is_in_nobodys_way(session, pledge, amina):
    workers.pledge(session, "Eve", email=NEW, state="unconfirmed")
    leaves_the_address(session, amina)
    assert stands(session) == [(NEW, "live", amina.id)]


def test_of_two_of_one_person_the_accounts_own_stands(session, pledge, amina, fetch_mail):  # noqa: F811
    workers.pledge(session, "Amina", email=NEW, shown=True)
    fetch_mail()
    leaves_the_address(session, amina)
    assert stands(session) == [(NEW, "live", amina.id), (NEW, "withdrawn", None)]
    assert not [m for m in fetch_mail() if m.kind.startswith("charter/worker")]


def test_one_that_was_taken_back_goes_with_its_person_too(session, amina):
    workers.pledge(session, "Amina", email=OLD, state="withdrawn")
    leaves_the_address(session, amina)
    assert stands(session) == [(NEW, "withdrawn", amina.id)]


def test_whoever_has_one_gets_no_second_with_an_address(client, session, pledge, amina):
    """The second address may come from a colleague who signed with it."""
    workers.pledge(session, "Cas", email="cas@club.example")
    changing.with_second(session, amina, "cas@club.example")
    assert [row[2] for row in stands(session)] == [amina.id, None]
    client.sign_in(amina)
    assert "Amina" in client.page("/my/pledge").main.get_text()
