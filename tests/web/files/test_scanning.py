"""The virus scan with a real clamd: held back until clean, and whatever is not OK is not clean."""

import pytest

from tests.conftest import NOW, settings_for_tests
from tests.web.files import clamd, making
from web.audit.chain import history_of
from web.database import Database
from web.files import scanning, sending
from web.files.receiving import receive
from web.jobs import run_due


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    with clamd.running(tmp_path_factory.mktemp("clamd")) as where:
        yield where


@pytest.fixture
def scanned(app, session, scanner):
    """The portal with a scanner, as its settings would set it."""
    yield from with_clamd(app, scanner)


def with_clamd(app, where):
    usual = app.extensions["settings"]
    app.extensions["settings"] = settings_for_tests(usual.database_url, clamd=where)
    yield
    app.extensions["settings"] = usual


def kept(session, content):
    stored = receive(session, making.sent(content), by="system:tests", at=NOW)
    session.commit()
    return stored


def scan(app, session):
    database: Database = app.extensions["database"]
    run_due(database, list(scanning.jobs))
    session.expire_all()


def test_it_is_held_back_until_it_is_clean(app, session, scanned):
    stored = kept(session, making.pdf())
    assert stored.is_waiting
    assert not list(sending.preview_pages(stored))
    assert "being checked" in sending.why_not(stored)
    scan(app, session)
    assert (stored.state, stored.checked_at) == ("clean", NOW)
    assert sending.why_not(stored) == ""
    assert [entry.verb for entry in history_of(session, stored)] == ["found clean", "stored"]


@pytest.mark.parametrize(
    "content",
    [clamd.EICAR, making.docx({"word/media/note.bin": clamd.EICAR})],
    ids=["plain", "in an Office file"],
)
def test_a_virus_is_refused_with_its_name(app, session, scanned, content):
    stored = kept(session, content)
    scan(app, session)
    assert stored.state == "refused"
    assert "Eicar-Test" in stored.reason
    assert sending.why_not(stored)


def test_what_is_too_large_to_be_scanned_is_not_clean(app, session, scanned):
    stored = kept(session, b"Long. " * clamd.MOST)
    scan(app, session)
    assert (stored.state, stored.reason) == ("refused", scanning.TOO_LARGE)


def test_what_it_did_not_look_at_is_not_clean(app, session, scanned):
    """As docs/operations.md sets it; without, clamd would say OK."""
    stored = kept(session, b"Longer. " * (clamd.MOST_LOOKED_AT // 6))
    scan(app, session)
    assert stored.state == "refused"
    assert "Exceeded" in stored.reason


def test_while_clamd_is_away_files_wait(app, session, tmp_path):
    for _ in with_clamd(app, str(tmp_path / "nobody")):
        stored = kept(session, making.pdf())
        scan(app, session)
        assert stored.is_waiting
        assert scanning.oldest_waiting(session) == NOW


def test_one_that_was_destroyed_meanwhile_is_left(app, session, scanned):
    from web.files.removing import destroy

    stored = kept(session, making.pdf())
    destroy(session, stored, by="system:tests", at=NOW)
    session.commit()
    scan(app, session)
    assert stored.state == "being checked"
    assert scanning.oldest_waiting(session) is None


@pytest.mark.parametrize("where", ["127.0.0.1:1", "[::1]:1", "/nowhere/clamd.ctl"])
def test_a_wrong_address_is_no_answer(where):
    with pytest.raises(scanning.NoAnswer):
        scanning.judge(where, iter([b"x"]))
