"""An upload becomes a file that is kept, seen and sent; what goes in is what comes out."""

import hashlib

import pytest

from tests.conftest import NOW
from tests.web.files import making
from web.files import sending
from web.files.receiving import check, keep, receive, text_of
from web.files.removing import destroy
from web.workflow import Refused

TAKEN = {
    "pdf": making.pdf(),
    "docx": making.docx(),
    "xlsx": making.xlsx(),
    "odt": making.odt(),
    "png": making.picture(),
    "jpeg": making.photo(),
    "gif": making.picture("GIF"),
    "webp": making.picture("WEBP"),
    "text": b"We meet on Tuesdays.\n",
    "mp4": making.film(),
    "wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 60,
    "mp3": b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + b"\0" * 400,
    "ogg": b"OggS\0\2" + b"\0" * 100,
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\0" * 100,
}


def kept(session, content, name="our work.bin"):
    stored = receive(session, making.sent(content, name), by="system:tests", at=NOW)
    session.commit()
    return stored


@pytest.mark.parametrize("kind", TAKEN)
def test_every_kind_that_is_allowed_is_taken(session, kind):
    stored = kept(session, TAKEN[kind])
    assert (stored.kind, stored.state) == (kind, "clean")
    content = b"".join(sending.open_to_read(stored))
    assert hashlib.sha256(content).hexdigest() == stored.sha256
    assert len(content) == stored.size
    if kind not in ("jpeg", "webp", "mp4"):
        assert content == TAKEN[kind]


def test_a_pdf_has_pages_to_look_at(session):
    stored = kept(session, making.pdf(3))
    assert (stored.pages, list(sending.preview_pages(stored))) == (3, [1, 2, 3])


def test_the_name_says_nothing_of_what_it_is(session):
    assert kept(session, making.pdf(), "holiday.exe").kind == "pdf"


def test_words_are_read(app, session):
    for content in (making.docx(), b"We listen to young people & act."):
        checked = check(making.sent(content))
        assert "We listen to young people & act." in " ".join(checked.words().split())
        checked.close()


def test_words_of_what_is_kept(session):
    assert "young people & act" in text_of(kept(session, making.docx()))
    assert text_of(kept(session, making.picture())) == ""


def test_what_is_refused_is_not_kept(session):
    with pytest.raises(Refused, match="macros"):
        receive(
            session, making.sent(making.docx({"word/vbaProject.bin": b"x"})), by="system:t", at=NOW
        )


def test_a_destroyed_file_cannot_be_opened(session):
    stored = kept(session, making.pdf())
    destroy(session, stored, by="system:tests", at=NOW)
    session.commit()
    assert not list(sending.preview_pages(stored))
    assert sending.why_not(stored)


def test_a_file_leaves_nothing_behind_while_it_is_checked(session):
    checked = check(making.sent(making.photo()))
    assert checked.folder.exists()
    keep(session, checked, by="system:tests", at=NOW)
    checked.close()
    assert not checked.folder.exists()
