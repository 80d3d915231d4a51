"""Two officers at the same moment, on a database of their own."""

import pytest
from sqlalchemy import func, select

from endorsement.drafting import document
from endorsement.models import FrameworkDraft, FrameworkVersion
from tests.builders import frameworks as build
from tests.builders import people
from tests.parallel import at_once, browser
from web.drafting.states import PUBLISHED

pytestmark = pytest.mark.slow


def test_two_who_begin_at_once_meet_in_one_draft(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.standing(session)
        clients = [browser(own_app, people.officer(session, name)) for name in ("One", "Two")]
    tokens = [client.token() for client in clients]
    answers = at_once(
        *(
            lambda c=client, t=token: c.post("/team/quality/begin", headers={"X-CSRFToken": t})
            for client, token in zip(clients, tokens, strict=True)
        )
    )
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(FrameworkDraft)) == 1


def test_two_who_write_two_standards_at_once_both_write(own_app):
    """The draft is one document: who comes second writes into what the first one left."""
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        officers = [people.officer(session, name) for name in ("One", "Two")]
        draft = build.begun(session, officers[0])
        home = f"/team/quality/drafts/{draft.reference}/areas"
        clients = [browser(own_app, officer) for officer in officers]
    held = []
    for client, key in zip(clients, "AB", strict=True):
        opened = client.page(f"{home}/{key}").select_one("[name=opened]")["value"]
        token = client.token()
        held.append({"csrf_token": token, "name": key, "about": "It is.", "opened": opened})
    answers = at_once(
        *(
            lambda c=client, d=data, k=key: c.post(f"{home}/{k}", data=d)
            for client, data, key in zip(clients, held, "AB", strict=True)
        )
    )
    assert [a.status_code for a in answers] == [303, 303]
    with own_app.app_context(), database.session(writes=False) as session:
        found = session.scalars(select(FrameworkDraft)).one()
        assert [area["name"] for area in found.text["areas"][:2]] == ["A", "B"]


def test_two_who_publish_at_once_publish_once(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        officer = people.officer(session)
        draft = build.begun(session, officer)
        build.reworded(session, draft, officer)
        build.approved(session, draft, officer)
        seen = document.mark(draft) + draft.code
        address = f"/team/quality/drafts/{draft.reference}/publish"
        clients = [browser(own_app, officer) for _ in range(2)]
    held = [{"csrf_token": c.token(), "looked": "y", "seen": seen} for c in clients]
    answers = at_once(
        *(
            lambda c=client, d=data: c.post(address, data=d)
            for client, data in zip(clients, held, strict=True)
        )
    )
    assert sorted(a.status_code for a in answers) == [303, 422]
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.scalars(select(FrameworkDraft.state)).all() == [PUBLISHED]
        assert session.scalar(select(func.count()).select_from(FrameworkVersion)) == 2
