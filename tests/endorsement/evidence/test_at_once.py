"""Real threads: what several editors send at the same moment is one item and one object."""

import io

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from endorsement.models import EvidenceItem, EvidenceVersion
from tests.builders import charter as build
from tests.builders import evidence
from tests.parallel import at_once, browser
from tests.web.files import making
from web.files.models import StoredFile

pytestmark = pytest.mark.slow

HOME = "/my/organisations/kites/quality/evidence"


def club_and_clients(session, app, count):
    kites = build.club(session, name="Kites")
    return kites, [browser(app, build.joined(session, kites, "editor")) for _ in range(count)]


def sending(client, address, content, name, **fields):
    data = MultiDict({"csrf_token": client.token(), **fields})
    data.add("files", (io.BytesIO(content), name))
    return lambda: client.post(address, data=data, content_type="multipart/form-data").status_code


def count(app, model):
    with app.app_context(), app.extensions["database"].session(writes=False) as session:
        return session.scalar(select(func.count()).select_from(model))


def test_two_editors_send_one_file_twice_each(own_app):
    database, content = own_app.extensions["database"], making.pdf()
    with own_app.app_context(), database.session(writes=True) as session:
        _, clients = club_and_clients(session, own_app, 2)
    calls = [
        sending(client, f"{HOME}/add/files", content, f"{number}.pdf")
        for number, client in enumerate(clients)
        for _ in range(2)
    ]
    answers = at_once(*calls)
    assert sorted(set(answers)) == [303, 422]
    assert answers.count(303) in (1, 2)  # whose came first may have sent it twice
    for model in (EvidenceItem, EvidenceVersion, StoredFile):
        assert count(own_app, model) == 1


def test_two_replace_one_file_at_once_and_one_is_told(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        kites, clients = club_and_clients(session, own_app, 2)
        item = evidence.file(session, kites, b"We meet.", "plan.txt", title="Plan")
        address = f"{HOME}/{item.reference}/replace/file"
    calls = [
        sending(client, address, f"We meet {n}.".encode(), "new.txt", before="keep", seen="1")
        for n, client in enumerate(clients)
    ]
    assert sorted(at_once(*calls)) == [303, 422]
    assert count(own_app, EvidenceVersion) == 2


def test_destroyed_and_replaced_at_once_ends_destroyed(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        kites, clients = club_and_clients(session, own_app, 2)
        item = evidence.file(session, kites, b"Robin came.", "trip.txt", title="Trip")
        there = f"{HOME}/{item.reference}"
    token = clients[0].token()
    remove = lambda: clients[0].post(  # noqa: E731
        f"{there}/versions/1/remove", data={"csrf_token": token, "why": "A name."}
    ).status_code  # fmt: skip
    replace = sending(clients[1], f"{there}/replace/file", b"We came.", "b.txt", seen="1")
    assert at_once(remove, replace) == [303, 303]
    with own_app.app_context(), database.session(writes=False) as session:
        first, second = session.scalars(select(EvidenceVersion).order_by(EvidenceVersion.number))
        assert first.removed_at is not None
        assert first.file.destroyed_at is not None
        assert second.file.is_ready
