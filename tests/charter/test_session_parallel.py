"""Real threads: two sides of a charter session act at the same moment, and one of them wins."""

import pytest
from sqlalchemy import func, select

from charter.models import CharterSession, CharterSessionEvent
from charter.sessions import states as s
from tests.builders import charter as build
from tests.builders import people, sessions
from tests.client import soup
from tests.parallel import at_once, browser

pytestmark = pytest.mark.slow

HOME = "/my/organisations/kites/session"
OFFER = {
    "day": "16 March 2027", "time": "16:30", "minutes": "60", "how": "room",
    "place": "The library", "trainers": "3", "adult": "Leila Marsh",
}  # fmt: skip


def posting(client, address, **data):
    token = client.token()
    return lambda: client.post(address, data={"csrf_token": token, **data}).status_code


def seen(client, address):
    return soup(client.get(address)).select_one("input[name=seen]")["value"]


def verbs(app):
    with app.app_context(), app.extensions["database"].session(writes=False) as session:
        wanted = select(CharterSessionEvent.verb).order_by(CharterSessionEvent.id)
        return session.scalars(wanted).all()


def test_four_colleagues_ask_at_once_and_it_is_one(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        kites = build.club(session, name="Kites")
        clients = [browser(own_app, build.joined(session, kites, "editor")) for _ in range(4)]
    calls = [posting(client, f"{HOME}/ask", wanted="interest") for client in clients]
    assert at_once(*calls) == [303] * 4
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(CharterSession)) == 1
    assert verbs(own_app) == ["ask"]


def test_two_officers_offer_at_once_and_the_second_is_told(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        booking = sessions.booking(session, organisation=build.club(session, name="Kites"))
        address = f"/team/sessions/{booking.reference}/offer"
        clients = [browser(own_app, people.officer(session, name)) for name in ("Olu", "Petra")]
    version = seen(clients[0], address)
    calls = [posting(client, address, seen=version, **OFFER) for client in clients]
    assert sorted(at_once(*calls)) == [303, 422]
    assert verbs(own_app) == ["ask", "offer"]


def test_accepted_and_called_off_at_once_ends_called_off(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        kites = build.club(session, name="Kites")
        booking = sessions.booking(session, s.OFFERED, organisation=kites)
        lead = browser(own_app, build.lead_of(kites))
        officer = browser(own_app, people.officer(session, "Petra"))
        reference = booking.reference
    version = seen(lead, HOME)
    calls = (
        posting(lead, f"{HOME}/accept", seen=version),
        posting(officer, f"/team/sessions/{reference}/call-off", note="We are ill."),
    )
    assert at_once(*calls) == [303, 303]
    assert verbs(own_app)[-1] == "call off"
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.scalars(select(CharterSession.state)).all() == [s.CANCELLED]
