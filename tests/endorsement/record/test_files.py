"""The files in an archive: what may be opened, under names that lead nowhere else."""

import io
import json
import zipfile

import pytest

from endorsement.evidence import actions, contents, removing
from tests.builders import charter as pledges
from tests.builders import evidence as library
from tests.builders import sending as build
from tests.web.files import making
from web import clock
from web.audit import record
from web.files.models import BEING_CHECKED
from web.files.receiving import check
from web.files.store import content_key, store

HERE = "/my/organisations/kites/quality"
FIRST, SECOND = making.pdf(1), making.pdf(2)


@pytest.fixture
def club(session):
    return build.ready(session, pledges.club(session, name="Kites")).organisation


@pytest.fixture
def lead(club):
    return pledges.lead_of(club)


@pytest.fixture
def archive(client, lead):
    client.sign_in(lead)

    def taken():
        found = zipfile.ZipFile(io.BytesIO(client.get(f"{HERE}/export").data))
        assert found.testzip() is None
        return found

    return taken


def files_in(found):
    return [name for name in found.namelist() if name.startswith("evidence/")]


def replaced(session, item, sent, lead):
    checked = check(making.sent(sent, "newer.pdf"))
    try:
        actions.replace(session, item, contents.file(checked), by=lead, at=clock.now())
        session.commit()
    finally:
        checked.close()


def test_a_file_and_what_it_replaced_come_as_they_are(session, club, lead, archive):
    item = library.file(session, club, FIRST, "../../our plan.pdf", standards=("A1",))
    replaced(session, item, SECOND, lead)
    found = archive()
    assert files_in(found) == [
        f"evidence/{item.reference} 1 our plan.pdf",
        f"evidence/{item.reference} 2 newer.pdf",
    ]
    assert [found.read(name) for name in files_in(found)] == [FIRST, SECOND]
    told = json.loads(found.read("record.json"))["evidence"][0]["versions"]
    assert [version["file"] for version in told] == files_in(found)


def test_what_was_removed_to_protect_somebody_is_not_there(session, club, lead, archive):
    item = library.file(session, club, FIRST, "faces.pdf", standards=("A1",))
    removing.remove(session, item.current, "A face.", by=lead, at=clock.now())
    session.commit()
    found = archive()
    assert files_in(found) == []
    assert "faces" not in found.read("record.json").decode().replace("A face.", "")


def test_what_is_still_being_checked_is_not_there(session, club, archive):
    item = library.file(session, club, FIRST, "rota.pdf", standards=("A1",))
    item.current.file.state = BEING_CHECKED
    record(session, item.current.file, "wait", by="system:test", at=clock.now())
    session.commit()
    assert files_in(archive()) == []


def test_what_the_store_has_lost_leaves_a_word(session, club, archive):
    item = library.file(session, club, FIRST, "rota.pdf", standards=("A1",))
    store().delete([content_key(item.current.file.sha256)])
    found = archive()
    (name,) = files_in(found)
    assert name.endswith("rota.pdf is missing.txt")
    assert "could not be read" in found.read(name).decode()
