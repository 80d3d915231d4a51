"""A pause: looked at again, appealed against, ended; and a fair time left when it was ours."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from charter import actions, queries, states
from charter.models import RegisterEntry, Suspension
from tests.builders import charter as build
from tests.builders import people
from tests.client import soup
from web import clock
from web.mail import OutboxMail
from web.workflow import Refused


@pytest.fixture(autouse=True)
def version(session):
    return build.agreed_charter(session)


@pytest.fixture
def olu(session):
    return people.officer(session, "Olu")


@pytest.fixture
def petra(session):
    return people.officer(session, "Petra")


@pytest.fixture
def paused(session, olu):
    """By Olu, on Tuesday 2 March 2027: to look at again by 1 April."""
    return build.pledge(session, states.SUSPENDED, by=olu)


def who(by, note="Because."):
    return {"by": by, "at": clock.now(), "note": note, "scheme": build.scheme()}


def lead(pledge):
    return build.lead_of(pledge.organisation)


def appeal(session, pledge):
    actions.appeal(session, pledge, **who(lead(pledge), "It was another club."))
    session.commit()


def mails(session):
    return [
        m.kind.removeprefix("charter/")
        for m in session.scalars(
            select(OutboxMail).where(OutboxMail.kind.startswith("charter/")).order_by(OutboxMail.id)
        )
    ]


def test_it_stays_paused_for_a_reason_and_until_another_day(session, paused, olu):
    first = paused.review_on
    clock.freeze(clock.now() + timedelta(days=30))
    assert queries.reviews_waiting(session, clock.now()).count == 1
    actions.keep_paused(session, paused, **who(olu, "We wait for the council."))
    session.commit()
    assert paused.state == "suspended"
    assert paused.review_on > first
    assert queries.reviews_waiting(session, clock.now()).count == 0
    assert paused.events[-1].note == "We wait for the council."
    assert mails(session)[-1] == "kept-paused"
    with pytest.raises(Refused, match="Write a note"):
        actions.keep_paused(session, paused, **who(olu, " "))
    session.rollback()


def test_the_team_can_end_it(session, paused, petra):
    actions.end(session, paused, by=petra, at=clock.now(), note="It did not get better.")
    session.commit()
    assert paused.state == "ended"
    assert session.get(RegisterEntry, paused.organisation_id) is None
    assert build.begun(session, paused.organisation, paused.charter_version).renews is None


def test_a_lead_appeals_once_and_another_officer_answers(session, paused, olu, petra):
    appeal(session, paused)
    assert mails(session)[-2:] == ["appealed", "to-answer"]
    assert queries.appeals_waiting(session, clock.now()).count == 1
    with pytest.raises(Refused, match="once"):
        appeal(session, paused)
    with pytest.raises(Refused, match="You paused this pledge"):
        actions.answer_appeal(session, paused, uphold=True, **who(olu))
    with pytest.raises(Refused, match="Answer the organisation's appeal first"):
        actions.end(session, paused, by=olu, at=clock.now(), note="Enough.")
    actions.answer_appeal(session, paused, uphold=True, **who(petra))
    session.commit()
    assert (paused.state, paused.suspension) == ("live", None)
    assert paused.suspensions[0].appeal_outcome == "upheld"
    assert session.get(RegisterEntry, paused.organisation_id).standing == "current"
    assert [e.verb for e in paused.events][-2:] == ["appeal", "uphold"]
    assert queries.appeals_waiting(session, clock.now()).count == 0


def test_an_appeal_turned_down_leaves_it_paused(session, paused, petra):
    appeal(session, paused)
    actions.answer_appeal(session, paused, uphold=False, **who(petra))
    session.commit()
    assert paused.state == "suspended"
    assert mails(session)[-1] == "turned-down"
    with pytest.raises(Refused, match="once"):
        appeal(session, paused)


def test_a_new_pause_can_be_appealed_against_again(session, paused, olu, petra):
    appeal(session, paused)
    actions.answer_appeal(session, paused, uphold=True, **who(petra))
    actions.suspend(session, paused, **who(petra))
    session.commit()
    appeal(session, paused)
    assert paused.suspension.begun_by_id == petra.id


def test_it_is_too_late_after_twenty_working_days(session, paused):
    assert paused.suspension.appeal_until == date(2027, 4, 1)
    clock.freeze(clock.begins(date(2027, 4, 2)))
    with pytest.raises(Refused, match="time to ask is over"):
        appeal(session, paused)


def test_an_editor_does_not_appeal(session, paused):
    editor = build.joined(session, paused.organisation, "editor")
    with pytest.raises(Refused, match="Only a lead"):
        actions.appeal(session, paused, **who(editor))


def test_the_database_refuses_an_answer_by_whoever_paused(session, paused, olu):
    appeal(session, paused)
    row = session.scalars(select(Suspension)).one()
    row.appeal_decided_by_id = olu.id
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_one_whose_date_passed_comes_back_with_a_fair_time_left(session, paused, olu):
    clock.freeze(clock.now() + timedelta(days=500))
    actions.restore(session, paused, **who(olu))
    session.commit()
    assert paused.state == "due"
    last = clock.today() + timedelta(days=28)
    assert actions.last_chance(paused, build.scheme()) == last
    clock.freeze(clock.now() + timedelta(days=28))
    assert actions.move_with_the_date(session, clock.now(), build.scheme()) == (0, 0)
    clock.freeze(clock.now() + timedelta(days=1))
    assert actions.move_with_the_date(session, clock.now(), build.scheme()) == (0, 1)
    session.commit()


def test_the_pages_of_an_appeal(session, paused, petra, olu, client, app):
    client.sign_in(lead(paused))
    home = f"/my/organisations/{paused.organisation.slug}/pledge"
    assert "Ask us to look again" in client.get(home).text
    assert "We look at it again by" in client.get(home).text
    assert "Ask for a charter session" not in client.get(home).text
    assert "Ask us to look again" in client.get(f"{home}/appeal").text
    sent = client.post_raw(f"{home}/appeal", {"note": "It was another club."})
    assert sent.status_code == 303
    waiting = client.get(home).text
    assert "Somebody who did not pause it answers by" in waiting
    assert "We look at it again by" not in waiting  # one date, not two
    again = client.post_raw(f"{home}/appeal", {"note": "And again."})
    assert again.status_code == 409
    desk = app.test_client()
    desk.sign_in(petra)
    assert paused.organisation.name in soup(desk.get("/team/paused")).main.get_text()
    page = f"/team/pledges/{paused.reference}"
    assert "Answer the appeal" in desk.get(page).text
    assert "It was another club." in desk.get(f"{page}/appeal").text
    own = app.test_client()
    own.sign_in(olu)
    assert "somebody else answers" in own.get(page).text
    assert own.get(f"{page}/appeal").status_code == 403
    body = {"outcome": "uphold", "note": "You are right."}
    assert desk.post_raw(f"{page}/appeal", body).status_code == 303
    session.expire_all()
    assert paused.state == "live"
    assert desk.post_raw(f"{page}/appeal", body).status_code == 409
