"""What somebody is told of their own training in the weekly digest, and when it is enough."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import accounts
from tests.builders import training as build
from tests.charter.counting import statements
from tests.client import soup
from training.my.reminding import reminders, sentence, step_of
from training.pathways.reading import read
from training.status import Kind, Record, picture
from web import clock

TODAY = date(2027, 3, 2)
DAYS = (60, 14, 0)
PATHWAYS = read(build.DEFAULT)


def standing(code, *records, roles=("volunteer",)):
    return picture(PATHWAYS, roles, records, TODAY).modules[code]


def ends_in(days, code="K4", **more):
    """First aid, that lasts three years, with so many days left."""
    until = TODAY + timedelta(days=days)
    return standing(code, Record(code, until.replace(year=until.year - 3)), **more)


@pytest.mark.once
@pytest.mark.parametrize(
    ("days", "step"),
    [(61, None), (60, "60"), (15, "60"), (14, "14"), (1, "14"), (0, "0"), (-1, "0"), (-200, "0")],
)
def test_only_the_latest_step_is_true(days, step):
    assert step_of(ends_in(days), TODAY, DAYS) == step


@pytest.mark.once
def test_the_days_are_the_schemes():
    assert step_of(ends_in(80), TODAY, (90, 30)) == "90"
    assert step_of(ends_in(0), TODAY, (90, 30)) is None
    assert step_of(ends_in(1), TODAY, ()) is None


@pytest.mark.once
def test_what_is_dealt_with_needs_no_reminder():
    due = ends_in(20)
    until = due.until
    assert step_of(replace(due, booked_on=until), TODAY, DAYS) is None
    assert step_of(replace(due, booked_on=until + timedelta(days=1)), TODAY, DAYS) == "60"
    assert step_of(replace(due, waiting=True), TODAY, DAYS) is None
    assert step_of(standing("K3", Record("K3", TODAY)), TODAY, DAYS) is None, "done once"


@pytest.mark.once
def test_what_ran_out_and_is_not_needed_is_let_go():
    assert step_of(ends_in(-1, roles=()), TODAY, DAYS) is None
    assert step_of(ends_in(0, roles=()), TODAY, DAYS) == "0"
    assert step_of(ends_in(30, roles=()), TODAY, DAYS) == "60"


def test_the_words_help(app):
    with app.test_request_context():
        assert sentence(ends_in(50), "60", TODAY) == (
            "“Emergency first aid” runs out on 21 April 2027. "
            "There is time: look for a session that suits you."
        )
        assert "Book a place" in sentence(ends_in(3), "14", TODAY)
        assert "runs out today" in sentence(ends_in(0), "0", TODAY)
        assert "ran out on 1 March 2027. If you have done it again" in sentence(
            ends_in(-1), "0", TODAY
        )
        assert "if you want to keep it" in sentence(ends_in(50, roles=()), "60", TODAY)
        update = standing("W2", Record("W2", date(2026, 3, 12), Kind.COMPLETED))
        assert "Safeguarding basics: Yearly safeguarding update" in sentence(update, "14", TODAY)


@pytest.fixture
def win(session, organisation):
    """First aid runs out in 20 days."""
    made = build.worker(session, organisation)
    build.checked(session, made, "K4", date(2024, 3, 22))
    return made


def test_it_goes_to_who_has_an_account_and_once_a_step(session, organisation, win):
    build.volunteer(session, organisation)
    (told,) = reminders(session, clock.now())
    assert (told.person_id, told.key) == (win.id, "module:K4:2027-03-22:60")
    assert told.by == clock.begins(date(2027, 3, 22))
    build.checked(session, win, "K4", clock.today())
    assert list(reminders(session, clock.now())) == []


def test_their_page_says_that_reminders_can_be_stopped_and_what_is_needed_stays(client, win):
    client.sign_in(win)
    page = client.get("/my/training/")
    said = " ".join(soup(page).main.get_text(" ").split())
    assert "You can stop that" in said
    assert "What you need stays the same." in said


def test_without_pathways_nothing_is_said(session):
    assert list(reminders(session, clock.now())) == []


def test_the_number_of_statements_does_not_grow(app, session, organisation, win):
    def asked():
        session.expire_all()
        with statements(app) as said:
            list(reminders(session, clock.now()))
        return len(said)

    first = asked()
    for number in range(4):
        made = accounts.member(session, organisation, "viewer", f"Person {number}")
        build.with_roles(session, made, organisation, "volunteer")
        build.checked(session, made, "K4", date(2024, 3, 22))
    assert asked() == first
