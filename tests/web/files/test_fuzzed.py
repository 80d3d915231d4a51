"""Whatever is sent is refused in words or stored safely."""

import io
import json
import random
import subprocess
import sys
import zipfile
import zlib

import pypdfium2
import pytest
from PIL import Image

from tests.conftest import NOW
from tests.web.files import making
from tests.web.files.test_receiving import TAKEN
from web.files import checking, sending
from web.files.child import pictures
from web.files.child.__main__ import run
from web.files.receiving import check, receive, tidy_name
from web.settings import ROOT
from web.workflow import Refused

LIMITS = {"most_pages": 300, "preview_pages": 3, "most_words": 10_000}


def bomb() -> bytes:
    """A gigabyte of nothing in a document."""
    made = io.BytesIO(making.docx())
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as whole,
        whole.open("word/media/a.bmp", "w") as part,
    ):
        for _ in range(500):
            part.write(bytes(1024 * 1024))
    return made.getvalue()


def nested() -> bytes:
    inside = making.zipped({"a.txt": "x"})
    for _ in range(4):
        inside = making.zipped({"a.zip": inside})
    return making.docx({"word/embeddings/a.xlsx": inside})


def locked_zip() -> bytes:
    """The flag that says a part is encrypted, set by hand."""
    content = bytearray(making.docx())
    for mark, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def pdf_of(*objects: str, trailer: str = "") -> bytes:
    """A PDF written by hand, without a table of where things are: readers look for them."""
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer\n<< /Root 1 0 R /Size {len(objects) + 1} {trailer} >>\n%%EOF".encode()


def pdf_pages(pages: int) -> bytes:
    kids = "3 0 R " * pages
    return pdf_of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    )


def locked_pdf() -> bytes:
    return pdf_of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>",
        trailer=f"/Encrypt 4 0 R /ID [<{'43' * 16}> <{'43' * 16}>]",
    )


def huge_picture() -> bytes:
    """Ten milliard dots, says its head."""
    content = bytearray(making.picture())
    content[16:24] = (100_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


REFUSED = {
    "nothing": (b"", "empty"),
    "a program": (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(200), "kind of file"),
    "a program of Linux": (b"\x7fELF\2\1\1\0" + bytes(200), "kind of file"),
    "an iPhone's photo": (making.box(b"ftyp", b"heic\0\0\0\0mif1heic"), "HEIC"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
    "a folder": (making.zipped({"photo.jpg": making.photo()}), "folder packed"),
    "an e-book": (making.zipped({"mimetype": "application/epub+zip"}), "kind of file"),
    "a bomb": (bomb(), "unpacks"),
    "a zip in a zip in a zip": (nested(), "unpacks"),
    "very many parts": (making.docx({f"a/{n}": "" for n in range(6000)}), "unpacks"),
    "macros": (making.docx({"word/vbaProject.bin": b"x"}), "macros"),
    "macros, told": (making.docx(main="x.document.macroEnabled.main+xml"), "macros"),
    "macros in a table inside": (
        making.docx({"word/embeddings/a.xlsx": making.zipped({"xl/vbaProject.bin": b"x"})}),
        "macros",
    ),
    "macros of LibreOffice": (making.odt({"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
    "a locked part": (locked_zip(), "password"),
    "a locked OpenDocument": (
        making.odt({"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "password",
    ),
    "a program before a document": (b"PK\3\4" + bytes(100) + making.docx(), "broken"),
    "10,000 pages": (pdf_pages(10_000), "10000 pages"),
    "a locked PDF": (locked_pdf(), "password"),
    "a PDF that is none": (b"%PDF-1.7\n" + bytes(1000), "broken"),
    "a PDF without pages": (pdf_pages(0), "broken"),
    "a huge picture": (huge_picture(), "too big"),
    "a film without an index": (making.film()[:300], "broken"),
    "a drawing with a program": (b"\0<svg onload='x'>", "kind of file"),
    "rich text": (b"{\\rtf1 x}", "kind of file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words(session, name):
    content, words = REFUSED[name]
    with pytest.raises(Refused, match=words) as caught:
        check(making.sent(content))
    (sentence,) = caught.value.reasons
    assert sentence.endswith(".")
    assert "%" not in sentence


SAFE = {
    "a picture with a page in it": (making.picture("GIF") + b"<script>alert(1)</script>", "gif"),
    "a picture with a zip behind it": (making.picture("JPEG") + making.zipped({"a": "b"}), "jpeg"),
    "a PDF with a zip behind it": (making.pdf() + making.zipped({"a": "b"}), "pdf"),
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "text"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text"),
    "a formula": (b"=cmd|' /C calc'!A0\n", "text"),
}


@pytest.mark.parametrize("name", SAFE)
def test_it_is_stored_safely(session, name):
    """A picture is made anew without what hung on it; the rest is an attachment of its true kind."""
    content, kind = SAFE[name]
    stored = receive(session, making.sent(content, "x.html"), by="system:tests", at=NOW)
    session.commit()
    assert stored.kind == kind
    back = b"".join(sending.open_to_read(stored))
    if kind in ("gif", "jpeg"):
        assert b"script" not in back
        assert b"PK\3\4" not in back
    assert sending.attachment("x.html", stored.kind).startswith('attachment; filename="x.html.')


@pytest.mark.parametrize("kind", TAKEN)
def test_cut_and_spoiled_files_are_taken_or_refused_and_nothing_else(tmp_path, kind):
    """In this process, so that there can be many; what a child would do with them is the same."""
    chance, whole = random.Random(kind), TAKEN[kind]
    for number in range(40):
        content = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "sent").write_bytes(content)
        for verb in ("look", "read"):
            said = run(verb, folder / "sent", folder, LIMITS)
            assert json.dumps(said)
            assert "no" in said or verb == "read" or said["kind"] in TAKEN


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Robin\\plan.docx", "plan.docx"),
        ("a\0b.pdf", "ab.pdf"),
        ("\0", "file"),
        ("..", "file"),
        ("", "file"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
        ("pl\u202efdp.exe", "plfdp.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("Ünser Plan 🎉.pdf", "Ünser Plan 🎉.pdf"),
    ],
)
def test_names_lose_what_is_dangerous(sent, shown):
    assert tidy_name(sent) == shown
    header = sending.attachment(sent, "pdf")
    assert header.isascii()
    assert not set(header) & set("\r\n\0/")


# What pictures and films tell of people


def cleaned(session, content):
    stored = receive(session, making.sent(content), by="system:tests", at=NOW)
    return b"".join(sending.open_to_read(stored)), stored


def test_a_photo_loses_where_when_and_who_and_stands_upright(session):
    content, stored = cleaned(session, making.photo())
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()
        assert "comment" not in picture.info
        assert picture.size == (40, 60) == (stored.width, stored.height)
    for word in (b"PhoneMaker", b"Robin Owner", b"taken at home"):
        assert word in making.photo()
        assert word not in content


def test_what_else_a_picture_tells_is_gone(session):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Robin Owner")
    info.add_itxt("XML:com.adobe.xmp", "<x>Robin Owner</x>")
    for content in (
        making.picture("PNG", pnginfo=info),
        making.picture("WEBP", xmp=b"Robin Owner"),
    ):
        assert b"Robin Owner" in content
        assert b"Robin Owner" not in cleaned(session, content)[0]


def test_a_moving_picture_still_moves(session):
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "green", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], duration=200)
    with Image.open(io.BytesIO(cleaned(session, made.getvalue())[0])) as picture:
        assert picture.n_frames == 3


def test_a_film_loses_its_place_and_nothing_else(session):
    content, _ = cleaned(session, making.film())
    assert b"+52.9536" in making.film()
    assert b"+52.9536" not in content
    assert len(content) == len(making.film())
    assert content[:600] == making.film()[:600]


def test_a_picture_with_too_many_frames_is_refused(session, monkeypatch, tmp_path):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    (tmp_path / "sent").write_bytes(making.picture())
    assert run("look", tmp_path / "sent", tmp_path, LIMITS)["no"] == "pixels"


# The child


def test_the_child_has_little_time_memory_and_no_secrets(session, monkeypatch):
    calls = []
    real = subprocess.run

    def spy(command, **options):
        calls.append((command, options))
        return real(command, **options)

    monkeypatch.setenv("PORTAL_SECRET_KEY", "secret")
    monkeypatch.setattr(checking.subprocess, "run", spy)
    check(making.sent(b"Words.")).close()
    ((_, options),) = calls
    assert set(options["env"]) == {"TMPDIR", "PYTHONDONTWRITEBYTECODE"}
    assert options["timeout"] <= 60


def test_memory_is_limited():
    program = "from web.files.child.__main__ import limit; limit(); bytearray(2 * 1024**3)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert b"MemoryError" in done.stderr


def test_one_that_takes_too_long_is_ended_and_refused(session, monkeypatch):
    # Less than any machine needs to start Python.
    monkeypatch.setattr(checking, "MOST_SECONDS", 0.001)
    with pytest.raises(Refused, match="too hard to read"):
        check(making.sent(b"Words."))


def test_a_pdf_that_cannot_be_drawn_is_kept_without_pictures(session, monkeypatch):
    real = checking._child
    monkeypatch.setattr(
        checking,
        "_child",
        lambda verb, *rest: {"no": "too much"} if verb == "draw" else real(verb, *rest),
    )
    stored = receive(session, making.sent(making.pdf()), by="system:tests", at=NOW)
    assert (stored.pages, stored.previews) == (2, 0)


def test_while_many_are_checked_others_are_asked_to_wait(session, monkeypatch):
    monkeypatch.setattr(checking, "PATIENCE", 0.01)
    with checking.AT_ONCE, checking.AT_ONCE, pytest.raises(Refused, match="Try again"):
        check(making.sent(b"Words."))


def test_only_the_first_pages_are_drawn(tmp_path):
    (tmp_path / "sent").write_bytes(making.pdf(5))
    assert run("draw", tmp_path / "sent", tmp_path, LIMITS) == {"drawn": 3}
    with Image.open(tmp_path / "3.webp") as picture:
        assert max(picture.size) == 1200


def test_odd_page_sizes_do_not_make_huge_pictures(tmp_path):
    document = pypdfium2.PdfDocument.new()
    for width, height in ((0.01, 14_000), (14_000, 14_000), (1, 1)):
        document.new_page(width, height).close()
    document.save(tmp_path / "sent")
    document.close()
    run("draw", tmp_path / "sent", tmp_path, LIMITS)
    for file in tmp_path.glob("*.webp"):
        with Image.open(file) as picture:
            assert max(picture.size) <= 1300
