"""A worker's own pledge: the three pages, the mailed button, one's own page."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions import people as accounts
from charter.models import ListedWorker, WorkerPledge, WorkerTally
from charter.workers import personal
from tests.accounts.conftest import fetch_mail  # noqa: F401 - a fixture
from tests.builders import charter as build
from tests.builders import people, workers
from tests.client import soup
from tests.conftest import NOW
from web import clock
from web.audit.models import AuditEntry, AuditValue

YOU = {"first_name": "Sam", "role": "coach", "area": "gedling", "email": "sam@example.org"}
FORM = "/pledge/worker"


@pytest.fixture(autouse=True)
def agreed(session):
    return build.agreed_charter(session)


def fill(client, **more):
    """Pages 1 and 2, and the button of page 3."""
    client.send(FORM, press="I will keep these")
    client.send(f"{FORM}/you", press="Go on", **{**YOU, **more})
    return client.send(f"{FORM}/check", press="Sign the charter")


def pledges(session):
    session.expire_all()
    return session.scalars(select(WorkerPledge).order_by(WorkerPledge.id)).all()


def test_from_the_form_to_the_certificate(client, session, fetch_mail):  # noqa: F811
    assert fill(client).location == f"{FORM}/check-your-mail"
    assert "sam@example.org" in client.page(f"{FORM}/check-your-mail").main.get_text()
    (mail,) = fetch_mail()
    assert (mail.to, mail.kind) == ("sam@example.org", "charter/worker-confirm")
    assert "Sam" not in mail.body  # a stranger may have typed it
    assert pledges(session)[0].state == "unconfirmed"
    page = client.page(mail.link)
    assert "Sam" in page.main.get_text()
    done = client.send(mail.link, press="Sign the charter", follow=True)
    assert "You have signed" in done.text
    (pledge,) = pledges(session)
    assert (pledge.state, pledge.shown, pledge.confirmed_at) == ("live", False, NOW)
    (mail,) = fetch_mail()
    certificate = client.get(mail.link)
    assert certificate.data.startswith(b"%PDF-")
    assert session.scalars(select(ListedWorker)).all() == []  # not asked to be shown
    assert session.scalar(select(func.sum(WorkerTally.pledged))) == 1


def test_opening_the_link_changes_nothing(client, session, fetch_mail):  # noqa: F811
    """A mail scanner opens every link, twice, from elsewhere."""
    fill(client)
    (mail,) = fetch_mail()
    scanner = client.application.test_client()
    for _ in range(2):
        assert scanner.get(mail.link).status_code == 200
        assert scanner.head(mail.link).status_code == 200
    assert pledges(session)[0].state == "unconfirmed"
    assert fetch_mail() == []


def test_nothing_typed_is_lost_forward_or_back(client):
    client.send(FORM, press="I will keep these", commitment="heard", words="I ask each week.")
    half = {"first_name": "Sam", "email": "not an address"}
    back = client.send(f"{FORM}/you", press="Back", role="coach", shown="y", **half)
    assert back.location == FORM
    page = client.page(FORM)
    assert page.select_one("textarea").get_text().strip() == "I ask each week."
    assert page.select_one("option[selected]")["value"] == "heard"
    again = client.page(f"{FORM}/you")
    assert again.select_one("#first_name")["value"] == "Sam"
    assert again.select_one("#email")["value"] == "not an address"
    assert again.select_one("#role option[selected]")["value"] == "coach"
    assert client.get(f"{FORM}/check").location.endswith("/you")  # it was never right
    wrong = client.send(f"{FORM}/you", press="Go on")
    assert wrong.status_code == 422
    assert soup(wrong).select_one("#email")["value"] == "not an address"


def test_the_longest_words_fit_into_the_cookie(client):
    emoji = "".join(chr(0x1F300 + n) for n in range(300))
    assert client.send(FORM, press="I will keep these", words=emoji).status_code == 303
    long = {"first_name": "Ж" * 30, "email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.org"}
    answer = client.send(f"{FORM}/you", press="Go on", **{**YOU, **long})
    assert answer.status_code == 303
    assert len(answer.headers["Set-Cookie"]) < 4000
    assert client.page(f"{FORM}/check")


def test_nobody_is_shown_who_does_not_say_that_they_are_18(client, session):
    client.send(FORM, press="I will keep these")
    refused = client.send(f"{FORM}/you", press="Go on", **YOU, shown="y")
    assert refused.status_code == 422
    assert "We show nobody under 18" in refused.text
    client.send(f"{FORM}/you", press="Go on", **YOU, shown="y", adult="y")
    client.send(f"{FORM}/check", press="Sign the charter")
    assert pledges(session)[0].shown
    columns = set(WorkerPledge.__table__.columns.keys())
    assert not {c for c in columns if "adult" in c or "age" in c or "18" in c}


def test_the_age_is_not_kept_in_the_cookie_either(client):
    client.send(FORM, press="I will keep these")
    client.send(f"{FORM}/you", press="Go on", **YOU, adult="y")
    with client.session_transaction() as kept:
        assert "adult" not in str(dict(kept))


@pytest.mark.parametrize(
    "name",
    ["www.evil.example", "call 0115", "x@y.org", "Mary Jane Price", "!!", "=1+1", "S" * 31, "😀"],
)
def test_a_first_name_is_a_name(client, name):
    client.send(FORM, press="I will keep these")
    answer = client.send(f"{FORM}/you", press="Go on", **{**YOU, "first_name": name})
    assert answer.status_code == 422
    assert "Enter your first name, in letters" in answer.text


@pytest.mark.parametrize("name", ["Zoë", "Mary-Jane", "D’Arcy", "Nguyễn", "محمد", "J. R.", "Al"])
def test_real_first_names_are_taken(client, name):
    client.send(FORM, press="I will keep these")
    answer = client.send(f"{FORM}/you", press="Go on", **{**YOU, "first_name": name})
    assert answer.status_code == 303


@pytest.mark.parametrize("address", ["sam", "sam@", "sam@@example.org", "sam@example", "a b@c.org"])
def test_an_address_that_is_none_is_refused_plainly(client, address):
    client.send(FORM, press="I will keep these")
    answer = client.send(f"{FORM}/you", press="Go on", **{**YOU, "email": address})
    assert answer.status_code == 422
    assert "in the usual form" in answer.text


def test_the_newest_words_count_and_the_button_signs_what_was_read(client, session, fetch_mail):  # noqa: F811
    fill(client)
    (mail,) = fetch_mail()
    page = client.get(mail.link)
    seen = soup(page).select_one("input[name=seen]")["value"]
    clock.freeze(NOW + timedelta(minutes=5))
    fill(client.application.test_client(), first_name="Stranger", shown="y", adult="y")
    late = client.post_raw(mail.link, {"seen": seen})
    assert late.status_code == 422
    assert "Stranger" in late.text
    assert len(pledges(session)) == 1
    assert pledges(session)[0].state == "unconfirmed"


def test_a_second_press_is_a_plain_answer(client, session, fetch_mail):  # noqa: F811
    fill(client)
    (mail,) = fetch_mail()
    seen = soup(client.get(mail.link)).select_one("input[name=seen]")["value"]
    for _ in range(2):
        assert client.post_raw(mail.link, {"seen": seen}).status_code == 303
    assert len(fetch_mail()) == 1
    assert [e.verb for e in pledges(session)[0].events] == ["confirm"]


def test_this_was_not_me(client, session, fetch_mail):  # noqa: F811
    fill(client)
    (mail,) = fetch_mail()
    assert "deleted what was typed" in client.send(mail.link, press="Forget it now").text
    assert pledges(session) == []
    assert client.get(mail.link).status_code == 410


def test_it_is_taken_back_and_signed_again(client, session):
    pledge = workers.pledge(session, "Sam", shown=True)
    workers.pledge(session, "Lee", shown=True)
    token = workers.token(pledge)
    assert session.get(ListedWorker, pledge.id).first_name == "Sam"
    mine = f"{FORM}/mine/{token}"
    taken = client.send(f"{mine}/withdraw", press="Take it back", follow=True)
    assert "Nobody sees it any more" in taken.text
    assert session.scalars(select(ListedWorker.first_name)).all() == ["Lee"]
    assert session.scalar(select(func.sum(WorkerTally.pledged))) == 1
    assert client.get(f"/workers/{pledge.reference}/certificate.pdf").status_code == 404
    told = client.page(f"/workers/{pledge.reference}").main.get_text()
    assert "does not stand" in told
    assert "Sam" not in told
    fill(client)
    assert [p.state for p in pledges(session)] == ["withdrawn", "live", "unconfirmed"]


def test_who_sees_the_name_is_changed_at_any_time(client, session):
    pledge = workers.pledge(session, "Sam", area="ashfield", shown=True)
    change = f"{FORM}/mine/{workers.token(pledge)}/change"
    page = client.page(change)
    assert page.select_one("#shown").has_attr("checked")
    client.post_raw(change, {"first_name": "Samuel", "role": "mentor", "area": "gedling"})
    assert session.scalars(select(ListedWorker)).all() == []
    session.expire_all()
    tallies = {t.area: (t.pledged, t.listed) for t in session.scalars(select(WorkerTally))}
    assert tallies == {"ashfield": (0, 0), "gedling": (1, 0)}
    refused = client.post_raw(
        change, {"first_name": "Sam", "role": "mentor", "area": "gedling", "shown": "y"}
    )
    assert refused.status_code == 422
    client.send(change, press="Save", shown="y", adult="y")
    (line,) = session.scalars(select(ListedWorker)).all()
    assert (line.first_name, line.area, line.role) == ("Samuel", "gedling", "mentor")


def test_an_old_link_leads_to_a_new_one(client, session, fetch_mail):  # noqa: F811
    pledge = workers.pledge(session, "Sam")
    mine = f"{FORM}/mine/{workers.token(pledge)}"
    fetch_mail()
    clock.freeze(NOW + timedelta(days=31))
    assert client.get(mine).status_code == 410
    for path in ("", "/change", "/withdraw", "/forget"):
        assert client.post_raw(mine + path, {}).status_code == 410
    client.send(f"{FORM}/link", press="Send me the link", email="SAM@example.org")
    (mail,) = fetch_mail()
    assert client.get(mail.link).status_code == 200


@pytest.mark.parametrize("token", ["nonsense", "W10.abc", "x" * 500])
def test_links_that_we_did_not_make(client, token):
    assert client.get(f"{FORM}/mine/{token}").status_code == 410


# What is forgotten


def forgotten(session, name, after):
    (rule,) = (r for r in personal.retention if r.name == name)
    due = rule.due(session, NOW + after)
    for one in due:
        rule.take_away(session, one, NOW + after)
    session.commit()
    return len(due)


def test_what_nobody_confirms_is_forgotten_and_the_rest_stays(client, session):
    workers.pledge(session, "Sam", state="unconfirmed")
    workers.pledge(session, "Lee")
    assert forgotten(session, "workers-unconfirmed", timedelta(days=13)) == 0
    assert forgotten(session, "workers-unconfirmed", timedelta(days=14)) == 1
    assert [p.first_name for p in pledges(session)] == ["Lee"]
    assert "Sam" not in [value.after for value in session.scalars(select(AuditValue))]


def test_what_was_taken_back_is_forgotten_after_its_years(session):
    workers.pledge(session, "Sam", state="withdrawn")
    assert forgotten(session, "workers-withdrawn", timedelta(days=700)) == 0
    assert forgotten(session, "workers-withdrawn", timedelta(days=740)) == 1
    assert pledges(session) == []


def test_the_chain_holds_no_name_and_no_address(session):
    workers.pledge(session, "Sam", words="I listen.")
    entries = session.scalars(
        select(AuditEntry.number).where(AuditEntry.subject.like("worker_pledge:%"))
    ).all()
    values = session.scalars(select(AuditValue).where(AuditValue.entry_number.in_(entries)))
    assert entries
    assert not {v.field for v in values} & {"email", "first_name", "words"}


# With an account


def test_somebody_with_an_account_signs_at_once(client, session, fetch_mail):  # noqa: F811
    person = people.person(session, "Amina Khan", email="amina@example.org")
    client.sign_in(person)
    client.send(FORM, press="I will keep these")
    page = client.page(f"{FORM}/you")
    assert page.select_one("#first_name")["value"] == "Amina"
    assert page.select_one("#email") is None
    client.send(f"{FORM}/you", press="Go on", role="coach", area="gedling")
    done = client.send(f"{FORM}/check", press="Sign the charter", follow=True)
    assert "You have signed" in done.text
    (pledge,) = pledges(session)
    assert (pledge.state, pledge.person_id, pledge.email) == ("live", person.id, person.email)
    assert [m.kind for m in fetch_mail()] == ["charter/worker-live"]
    assert client.get(FORM).location == "/my/pledge"  # it stands already
    assert "Your own pledge" in client.page("/my/").main.get_text()


def test_a_pledge_joins_the_account_when_its_address_is_confirmed(client, session):
    pledge = workers.pledge(session, "Amina", email="amina@example.org")
    person = people.person(session, email="amina@example.org", confirmed=False)
    session.refresh(pledge)
    assert pledge.person_id is None
    accounts.confirm(session, person, at=clock.now())
    session.commit()
    session.refresh(pledge)
    assert pledge.person_id == person.id
    client.sign_in(person)
    assert "You have signed" in client.page("/my/pledge").main.get_text()
    client.send("/my/pledge/withdraw", press="Take it back")
    assert pledges(session)[0].state == "withdrawn"


def test_a_stranger_with_an_account_has_nothing_of_it(client, session):
    workers.pledge(session, "Amina", email="amina@example.org")
    client.sign_in(people.person(session, "Otto"))
    assert client.get("/my/pledge").location == FORM
    assert "Your own pledge" not in client.page("/my/").main.get_text()


def test_an_account_confirms_what_was_sent_without_it(client, session):
    workers.pledge(session, "Amina", email="amina@example.org", state="unconfirmed")
    client.sign_in(people.person(session, email="amina@example.org"))
    assert "not confirmed yet" in client.page("/my/").main.get_text()
    client.send("/my/pledge", press="Sign the charter")
    assert pledges(session)[0].state == "live"


def test_it_stands_in_their_data_and_goes_with_them(client, session):
    person = people.person(session, email="amina@example.org")
    workers.pledge(session, "Amina", email="amina@example.org", shown=True)
    (section,) = personal.my_data(session, person)
    assert "amina@example.org" in section.rows[0].values()
    personal.erasure.erase(session, person, by=person, at=clock.now())
    session.commit()
    assert pledges(session) == []
    assert session.scalars(select(ListedWorker)).all() == []
    assert session.scalar(select(func.sum(WorkerTally.pledged))) == 0
