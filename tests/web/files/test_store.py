"""The store keeps, gives and forgets bytes: one behaviour on a folder, on moto and on a real S3."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import settings_for_tests
from tests.web.files import s3
from web.files.store import Missing, Store, StoreError, content_key

pytestmark = pytest.mark.once

KEY = content_key("ab" * 32)


@pytest.fixture(scope="module")
def moto():
    with s3.moto() as settings:
        yield settings


@pytest.fixture(scope="module")
def seaweed(tmp_path_factory):
    with s3.seaweed(tmp_path_factory.mktemp("seaweed")) as settings:
        yield settings


@pytest.fixture(params=["folder", "moto", pytest.param("seaweed", marks=pytest.mark.slow)])
def place(request, tmp_path, database_url):
    """A store that is empty but for what a test puts there."""
    own = {"files": str(tmp_path / "files")}
    if request.param != "folder":
        own = request.getfixturevalue(request.param)
    found = Store(settings_for_tests(database_url, **own))
    yield found
    found.delete([key for batch in found.older_than(far_away()) for key in batch])


def far_away():
    return datetime.now(UTC) + timedelta(days=1)


def a_file(folder, content):
    file = folder / "one"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("size", [1, 300_000, 12_000_000])
def test_what_goes_in_comes_out_in_pieces(place, tmp_path, size):
    content = os.urandom(size)
    place.put(KEY, a_file(tmp_path, content))
    pieces = list(place.read(KEY))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 2 * 1024 * 1024


def test_it_is_written_once(place, tmp_path):
    place.put(KEY, a_file(tmp_path, b"first"))
    place.put(KEY, a_file(tmp_path, b"second"))
    assert b"".join(place.read(KEY)) == b"first"


def test_what_is_not_there_is_said_at_once(place):
    assert not place.has(KEY)
    with pytest.raises(Missing):
        place.read(KEY)


def test_deleting_twice_is_no_error(place, tmp_path):
    place.put(KEY, a_file(tmp_path, b"x"))
    place.delete([KEY])
    place.delete([KEY, content_key("cd" * 32)])
    assert not place.has(KEY)


def test_it_lists_what_is_old(place, tmp_path):
    place.put(KEY, a_file(tmp_path, b"x"))
    assert [KEY] in list(place.older_than(far_away()))
    assert not [k for b in place.older_than(datetime.now(UTC) - timedelta(hours=1)) for k in b]


def test_it_says_whether_it_can_be_written_to(place):
    assert place.is_well()


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "content/../../x"])
def test_no_key_leads_out_of_the_folder(database_url, tmp_path, key):
    place = Store(settings_for_tests(database_url, files=str(tmp_path / "files")))
    with suppress(ValueError):
        place.put(key, a_file(tmp_path, b"x"))
    assert {p.name for p in tmp_path.iterdir()} <= {"files", "one"}


def test_a_folder_that_cannot_be_made(database_url, tmp_path):
    (tmp_path / "files").write_text("in the way")
    place = Store(settings_for_tests(database_url, files=str(tmp_path / "files" / "more")))
    assert not place.is_well()
    with pytest.raises(StoreError):
        place.read(KEY)


def test_a_server_that_is_away(database_url):
    own = {"files": "s3://bucket", "files_endpoint": "http://127.0.0.1:1", **s3.KEYS}
    place = Store(settings_for_tests(database_url, **own))
    assert not place.is_well()
    with pytest.raises(StoreError):
        place.has(KEY)
