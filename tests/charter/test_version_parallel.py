"""Two officers at the same moment, on a database of their own."""

import pytest
from sqlalchemy import func, select

from charter.models import CharterDraft, CharterVersion
from charter.versions import text
from charter.versions.states import PUBLISHED
from tests.builders import charter as build
from tests.builders import drafts, people
from tests.parallel import at_once, browser

pytestmark = pytest.mark.slow


def test_two_who_begin_at_once_meet_in_one_draft(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        clients = [browser(own_app, people.officer(session, name)) for name in ("One", "Two")]
    tokens = [client.token() for client in clients]
    answers = at_once(
        *(
            lambda c=client, t=token: c.post("/team/charter/begin", headers={"X-CSRFToken": t})
            for client, token in zip(clients, tokens, strict=True)
        )
    )
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(CharterDraft)) == 1


def test_two_who_publish_at_once_publish_once(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        officer = people.officer(session)
        draft = drafts.begun(session, officer)
        drafts.reworded(session, draft, officer)
        drafts.approved(session, draft, officer)
        seen = text.fingerprint(draft) + draft.code
        address = f"/team/charter/drafts/{draft.reference}/publish"
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
        assert session.scalars(select(CharterDraft.state)).all() == [PUBLISHED]
        assert session.scalar(select(func.count()).select_from(CharterVersion)) == 2
