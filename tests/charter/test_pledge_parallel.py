"""Real threads on a database of their own: what commits, commits once."""

import pytest
from sqlalchemy import func, select

from charter import states
from charter.models import Pledge, PledgeEvent, RegisterEntry
from tests.builders import charter as build
from tests.builders import people
from tests.client import soup
from tests.parallel import at_once, browser

pytestmark = pytest.mark.slow


def test_two_officers_confirm_at_once_and_one_wins(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        pledge = build.pledge(session, states.SENT)
        address = f"/team/pledges/{pledge.reference}"
        clients = [browser(own_app, people.officer(session, name)) for name in ("Olu", "Petra")]
    seen = soup(clients[0].get(address)).select_one("input[name=seen]")["value"]
    body = {"do": "confirm", "organisation_checked": "y", "seen": seen}
    tokens = [client.token() for client in clients]
    answers = at_once(
        *(
            lambda c=c, t=t: c.post(address, data={"csrf_token": t, **body})
            for c, t in zip(clients, tokens, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "decided this on" in soup(late).main.get_text()
    with own_app.app_context(), database.session(writes=False) as session:
        confirmed = select(func.count()).where(PledgeEvent.verb == "confirm")
        assert session.scalar(confirmed) == 1
        assert session.scalars(select(RegisterEntry.standing)).all() == ["current"]


def test_a_held_down_button_begins_one_pledge_and_sends_it_once(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        club = build.club(session, name="Kites")
        lead = build.lead_of(club)
        clients = [browser(own_app, lead) for _ in range(4)]
    home = "/my/organisations/kites/pledge"
    pressed = [(client, client.token()) for client in clients]
    begun = at_once(*(_post(client, home, {"csrf_token": t}) for client, t in pressed))
    assert {answer.status_code for answer in begun} == {303}
    with own_app.app_context(), database.session(writes=True) as session:
        (pledge,) = session.scalars(select(Pledge)).all()
        build.fill(session, pledge)
    body = [{"csrf_token": t, "declared": "y"} for _, t in pressed]
    sent = at_once(
        *(_post(client, f"{home}/check", b) for (client, _), b in zip(pressed, body, strict=True))
    )
    assert {answer.status_code for answer in sent} == {303}
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.scalar(select(func.count()).where(PledgeEvent.verb == "send")) == 1


def _post(client, address, data):
    return lambda: client.post(address, data=data)


def test_eight_editors_write_at_once_and_every_text_lands(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        version = build.agreed_charter(session)
        club = build.club(session, name="Kites")
        pledge = build.begun(session, club, version)
        keys = [c.key for c in version.commitments]
        clients = [browser(own_app, build.joined(session, club, "editor")) for _ in keys]
        pledge_id = pledge.id
    calls = []
    for client, key in zip(clients, keys, strict=True):
        address = f"/my/organisations/kites/pledge/commitments/{key}"
        hidden = soup(client.get(address)).select("main form input[type=hidden]")
        data = {i["name"]: i.get("value", "") for i in hidden}
        calls.append(_post(client, address, data | {"text": f"We will do this for {key}."}))
    assert {answer.status_code for answer in at_once(*calls)} == {303}
    with own_app.app_context(), database.session(writes=False) as session:
        texts = {a.text for a in session.get(Pledge, pledge_id).actions}
        assert texts == {f"We will do this for {key}." for key in keys}
