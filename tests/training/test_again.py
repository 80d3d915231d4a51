"""A sample of what others checked is looked at again: which, by whom, and what comes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import people
from tests.builders import training as build
from tests.client import soup
from training.records import writing
from training.records.sampling import NUMBERS, below, drawn
from web import clock
from web.audit import record

SAMPLE = "/team/training/again/"
AT = datetime(2027, 3, 2, 10, 30, tzinfo=UTC)


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


@pytest.mark.once
def test_the_draw_is_the_same_whenever_it_is_worked_out_and_spread_evenly():
    assert drawn("AB12-CD34", AT) == drawn("AB12-CD34", AT)
    assert drawn("AB12-CD34", AT) != drawn("AB12-CD34", AT + timedelta(seconds=1))
    many = [drawn(f"R{n}", AT) for n in range(4000)]
    assert all(0 <= number < NUMBERS for number in many)
    share = sum(number < below(5) for number in many) / len(many)
    assert 0.035 < share < 0.065
    assert (below(0), below(100)) == (0, NUMBERS)


@pytest.fixture
def checker(session):
    return people.officer(session, "Checking Officer")


@pytest.fixture
def checked(session, organisation, checker):
    """Its number is low: it is in the sample."""
    win = build.worker(session, organisation)
    return set_draw(session, build.checked(session, win, "W2", by=checker), 0)


def set_draw(session, made, number):
    made.draw = number
    record(session, made, "draw", by="system:test", at=clock.now())
    session.commit()
    return made


@pytest.fixture
def desk(session, client):
    client.sign_in(people.officer(session))
    return client


def test_a_check_draws_and_another_check_draws_again(session, organisation, checker):
    win = build.worker(session, organisation)
    made = build.checked(session, win, "W1", by=checker)
    assert made.draw == drawn(made.reference, made.checked_at)


def test_what_stands_is_written_down_and_leaves_the_sample(session, desk, checked):
    assert "Win Wood: Safeguarding basics" in words(desk.get(SAMPLE))
    page = f"{SAMPLE}{checked.reference}"
    assert desk.send(page, press="It stands").status_code == 303
    session.refresh(checked)
    assert checked.state == "checked"
    assert checked.events[-1].verb == "hold"
    assert "Nothing waits for you" in words(desk.get(SAMPLE))
    assert desk.get(page).status_code == 404
    clock.freeze(clock.now() + timedelta(days=1))
    assert "Nothing waits for you" in words(desk.get(SAMPLE))


def test_what_does_not_stand_goes_back_with_a_note(session, desk, checked):
    page = f"{SAMPLE}{checked.reference}"
    assert desk.send(page, press="Send it back with a note", note="").status_code == 422
    answer = desk.send(page, press="Send it back with a note", note="Another name is on it.")
    assert answer.status_code == 303
    session.refresh(checked)
    assert (checked.state, checked.events[-1].note) == ("returned", "Another name is on it.")


def test_who_checked_it_and_who_owns_it_see_nothing_of_it(session, browser, checked, checker):
    own = browser(checker)
    assert "Nothing waits for you" in words(own.get(SAMPLE))
    assert own.get(f"{SAMPLE}{checked.reference}").status_code == 404
    assert own.post_raw(f"{SAMPLE}{checked.reference}/holds", {}).status_code == 404
    with pytest.raises(writing.Refused):
        writing.hold(session, checked, by=checker, at=clock.now())


def test_what_drew_a_high_number_is_left_alone(session, desk, checked):
    set_draw(session, checked, NUMBERS - 1)
    assert desk.get(f"{SAMPLE}{checked.reference}").status_code == 404
    assert "Nothing waits for you" in words(desk.get(SAMPLE))
