"""What is kept of what people ask organisations: shown, erased, and not kept for ever."""

from datetime import timedelta

from sqlalchemy import select

from accounts import asked_data
from accounts.actions import joining
from accounts.models import LeadHandover, MembershipRequest
from tests.builders import accounts as build
from tests.builders.people import person
from web import clock


def told(session, who) -> str:
    return repr([(s.key, s.rows) for s in asked_data.my_data(session, who)])


def test_they_read_what_they_asked_and_what_came_of_it(app, session):
    kites = build.checked_organisation(session)
    sam = person(session, "Sam Reid")
    asked = build.asks_to_join(session, kites, sam)
    joining.accept(session, asked, "editor", by=build.lead_of(kites), at=clock.now())
    session.commit()
    build.offers_lead(session, kites, build.membership(session, kites, sam))
    with app.test_request_context():
        said = told(session, sam)
        other = told(session, person(session, "Eve"))
    for words in ("I run the Tuesday group.", "accepted", "you were asked to lead it",
                  "Sam Reid joined, as: editor."):  # fmt: skip
        assert words in said
    assert "Tuesday" not in other


def test_erasing_ends_what_waits_and_takes_the_words(app, session):
    kites, other = build.checked_organisation(session), build.checked_organisation(session)
    sam = build.member(session, kites, "editor", "Sam Reid")
    build.offers_lead(session, kites, build.membership(session, kites, sam))
    build.asks_to_join(session, other, sam)
    with app.test_request_context():
        asked_data.erase(session, sam, by=sam, at=clock.now())
        session.commit()
    asked = session.scalars(select(MembershipRequest)).one()
    assert (asked.state, asked.note) == ("withdrawn", "")
    assert session.scalars(select(LeadHandover.state)).one() == "run out"


def test_answered_requests_go_after_two_years(app, session):
    kites = build.checked_organisation(session)
    asked = build.asks_to_join(session, kites, person(session, "Sam"))
    build.asks_to_join(session, kites, person(session, "Still waiting"))
    joining.decline(session, asked, by=build.lead_of(kites), at=clock.now())
    session.commit()
    at = clock.now() + timedelta(days=720)
    assert list(asked_data.retention.due(session, at)) == []
    at += timedelta(days=15)
    for row in asked_data.retention.due(session, at):
        asked_data.retention.take_away(session, row, at)
    session.commit()
    assert [r.person.name for r in session.scalars(select(MembershipRequest))] == ["Still waiting"]
