"""Whatever a lead sends: refused in words beside the form, or kept safely.  Never a mistake of ours.

What each kind of spoiled file does to web.files stands in tests/web/files/test_fuzzed.py; here all
of them go through the page, in one form with a good one.
"""

import random

import pytest
from sqlalchemy import select

from endorsement.models import EvidenceItem
from tests.endorsement.evidence.test_files import PDF, items, send
from tests.web.files.test_fuzzed import REFUSED, SAFE, pdf_pages
from tests.web.files.test_receiving import TAKEN
from web.files.models import StoredFile

NAMES = (
    "../../etc/passwd", "C:\\Users\\lena\\plan.pdf", "a\0b.pdf", "‮fdp.exe", "<script>.pdf",
    "a" * 300 + ".pdf", " . ", "ünïcödé 🙂.pdf", 'quo"te\r\nX: y.pdf', "con.pdf",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words_and_the_good_one_beside_it_is_taken(session, mine, home, name):
    content, words = REFUSED[name]
    answer = send(mine, f"{home}/add/files", (content, name), (PDF, "good.pdf"))
    assert answer.status_code == 422
    assert words in answer.text
    assert [i.title for i in items(session)] == ["good"]


@pytest.mark.parametrize("name", SAFE)
def test_it_is_kept_safely(session, mine, home, name):
    content, _kind = SAFE[name]
    answer = send(mine, f"{home}/add/files", (content, f"{name}.html"))
    assert answer.status_code == 303
    (item,) = items(session)
    sent = mine.get(f"{home}/{item.reference}/versions/1/file")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "html" not in sent.content_type
    mine.page(f"{home}/{item.reference}")


def test_ten_thousand_pages_are_refused_in_words(session, mine, home):
    answer = send(mine, f"{home}/add/files", (pdf_pages(10_000), "long.pdf"))
    assert answer.status_code == 422
    assert "10000 pages" in answer.text
    assert items(session) == []


def test_names_do_no_harm(session, mine, home):
    for number, name in enumerate(NAMES):
        answer = send(mine, f"{home}/add/files", (f"Text {number}.".encode(), name))
        assert answer.status_code in (303, 422), name
    for item in items(session):
        page = mine.page(f"{home}/{item.reference}")
        assert page.select("main script") == []
        name = item.current.file_name
        assert not set("/\\\0\r\n\u202e") & set(name), name
        assert len(name) <= 112
        sent = mine.get(f"{home}/{item.reference}/versions/1/file")
        assert sent.status_code == 200
        assert "X" not in sent.headers


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("kind", ["pdf", "docx", "jpeg", "mp4"])
def test_cut_and_spoiled_files_are_taken_or_refused(session, mine, home, kind):
    source, whole = random.Random(kind), TAKEN[kind]
    spoiled = [whole[: source.randrange(1, len(whole))] for _ in range(3)]
    for _ in range(3):
        torn = bytearray(whole)
        for _ in range(8):
            torn[source.randrange(len(torn))] = source.randrange(256)
        spoiled.append(bytes(torn))
    files = [(content, f"{n}.{kind}") for n, content in enumerate(spoiled)]
    answer = send(mine, f"{home}/add/files", *files)
    assert answer.status_code in (303, 422)
    taken = len(items(session))
    assert taken == len(session.scalars(select(StoredFile)).all())
    assert taken + answer.text.count("<strong>") >= 1


def test_a_form_that_is_no_form_is_answered(session, mine, home):
    for body, kind in (
        (b"--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nhalf", "multipart/form-data; boundary=x"),
        (b"junk", "multipart/form-data"),
        (b"{}", "application/json"),
    ):  # fmt: skip
        answer = mine.post(f"{home}/add/files", data=body, content_type=kind)
        assert 300 <= answer.status_code < 500
    assert session.scalars(select(EvidenceItem)).all() == []


def test_words_where_a_file_belongs_are_no_file(session, mine, home):
    answer = mine.post_raw(f"{home}/add/files", {"files": "words", "title": "Ours"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text
