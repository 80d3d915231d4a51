"""Every person × state × verb of a charter session.  What TRANSITIONS does not list is refused."""

from itertools import product

import pytest

from charter.sessions import states as s
from charter.sessions.workflow import TRANSITIONS
from tests.builders import charter as build
from tests.builders import people, sessions
from tests.charter.test_pledge_workflow import Nobody
from web import clock
from web.settings import ROOT
from web.workflow import obstacles

MAY = {
    "offer": {"officer"},
    "accept": {"editor", "lead"},
    "ask for another": {"editor", "lead"},
    "hold": {"officer"},
    "miss": {"officer"},
    "call off": {"editor", "lead", "officer"},
}
FROM = {
    "offer": {"offered", "booked"},  # the others have no date yet, or a past one
    "accept": {"offered"},
    "ask for another": {"offered", "booked", "missed"},
    "hold": set(),
    "miss": set(),
    "call off": {"interested", "offered", "booked", "missed"},
}


@pytest.fixture
def everyone(session):
    organisation = build.club(session)
    tied = build.joined(session, organisation, "viewer", "Tied")
    people.people.appoint(session, tied, "officer", by="system:test", at=clock.now())
    session.commit()
    return organisation, {
        "nobody": Nobody(),
        "stranger": people.person(session, "Stranger"),
        "viewer": build.joined(session, organisation, "viewer"),
        "editor": build.joined(session, organisation, "editor"),
        "lead": build.lead_of(organisation),
        "officer": people.officer(session),
        "officer who belongs": tied,
        "clock": "system:clock",
    }


@pytest.mark.parametrize("state", s.ALL_STATES)
def test_who_may_make_which_move(session, everyone, state):
    organisation, who = everyone
    booking = sessions.booking(session, state, organisation=organisation, by=who["officer"])
    assert booking.state == state
    for name, verb in product(who, TRANSITIONS):
        allowed = name in MAY[verb] and state in FROM[verb]
        if state == "missed" and verb == "offer":
            allowed = name == "officer"  # its day lies two weeks ahead of the test's clock
        found = obstacles(TRANSITIONS, verb, booking, who[name])
        assert (found == []) == allowed, (name, verb, state, found)
        assert all(sentence.endswith(".") for sentence in found)
    if state == "booked":
        clock.freeze(booking.starts_at)
        for name, verb in product(who, ("hold", "miss")):
            assert (obstacles(TRANSITIONS, verb, booking, who[name]) == []) == (name == "officer")
        assert obstacles(TRANSITIONS, "call off", booking, who["lead"]) == []


def test_a_past_date_cannot_be_accepted_or_offered(session):
    booking = sessions.booking(session, s.OFFERED)
    clock.freeze(booking.starts_at)
    lead = build.lead_of(booking.organisation)
    assert obstacles(TRANSITIONS, "accept", booking, lead) == [
        "This date has passed. Ask for another one."
    ]


def test_of_a_closed_organisation_nobody_can_do_anything(session, everyone):
    organisation, who = everyone
    booking = sessions.booking(session, s.BOOKED, organisation=organisation)
    organisation.state, organisation.closed_at = "closed", clock.now()
    with session.no_autoflush:
        for name, verb in product(who, TRANSITIONS):
            assert obstacles(TRANSITIONS, verb, booking, who[name])
    session.rollback()


def test_the_docs_show_the_states_as_they_are(app, session):
    shown = app.test_cli_runner().invoke(args=["charter", "session-states"])
    assert shown.exit_code == 0
    written = (ROOT / "docs" / "states-of-a-charter-session.md").read_text("utf-8")
    assert written == shown.output, (
        "run: flask charter session-states > docs/states-of-a-charter-session.md"
    )
