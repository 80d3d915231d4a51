"""The archive: a good zip whatever is in it, written while it is sent."""

import io
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endorsement.record.names import LONGEST, RESERVED, safe_name
from endorsement.record.zipping import Entry, zipped

AT = datetime(2027, 7, 2, 10, tzinfo=UTC)


def missing(name):
    return f"{name} could not be read."


def of(*entries):
    return zipfile.ZipFile(io.BytesIO(b"".join(zipped(entries, AT, missing))))


@given(st.lists(st.tuples(st.binary(max_size=300), st.booleans()), max_size=5))
def test_what_goes_in_comes_out(files):
    entries = [
        Entry(f"a/{n}.bin", lambda data=data: [data[:100], data[100:]], packed)
        for n, (data, packed) in enumerate(files)
    ]
    found = of(*entries)
    assert found.testzip() is None
    assert [found.read(name) for name in found.namelist()] == [data for data, _ in files]


def test_its_time_is_londons():
    (one,) = of(Entry("a.txt", lambda: [b"x"])).infolist()
    assert one.date_time == (2027, 7, 2, 11, 0, 0)


def test_one_lost_file_leaves_a_word_and_the_others():
    def lost():
        raise OSError("away")

    found = of(Entry("a.pdf", lost), Entry("b.txt", lambda: [b"here"]))
    assert found.namelist() == ["a.pdf is missing.txt", "b.txt"]
    assert found.read("a.pdf is missing.txt") == b"a.pdf could not be read."


def test_it_never_holds_much():
    piece = b"\x00\x7f" * 32 * 1024
    entries = [Entry(f"{n}.bin", lambda: (piece for _ in range(200)), packed=True) for n in "ab"]
    tracemalloc.start()
    size = sum(len(part) for part in zipped(entries, AT, missing))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 25_000_000
    assert most < 2_000_000


@given(st.text(max_size=200))
def test_a_name_leads_nowhere_else(name):
    safe = safe_name(name, ".pdf")
    assert not set(safe) & set('/\\:*?"<>|\0\n')
    assert safe.endswith((".pdf", ".PDF", ".Pdf", ".pDf", ".pdF", ".PDf", ".PdF", ".pDF"))
    assert safe.strip(" .") not in ("", "..")
    assert len(safe) <= LONGEST + 4
    assert safe.split(".")[0].strip().lower() not in RESERVED


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\plan.PDF", "plan.PDF"),
        ("con", "_con.pdf"),
        ("...", "file.pdf"),
        ("plan.exe", "plan.exe.pdf"),
        ("Règles (été).pdf", "Règles (été).pdf"),
        ("a\x00b?.pdf", "a_b_.pdf"),
    ],
)
def test_known_names(name, safe):
    assert safe_name(name, ".pdf") == safe
