"""An archive of 200 MB from a real gunicorn: little memory, and the others go on."""

import hashlib
import http.client
import tempfile
import time
from pathlib import Path

import pytest

from endorsement.evidence import contents
from tests.builders import accounts, evidence
from tests.builders import quality as build
from tests.web.files.test_large import MB, MOST_GROWTH, served
from web.files.receiving import Checked

pytestmark = [pytest.mark.slow, pytest.mark.once]
HERE = "/my/organisations/kites-youth-club/quality"
FILES, EACH = 4, 50 * MB - 2000


def a_lead_with_films(session):
    club = accounts.checked_organisation(session)
    build.assessment(session, club)
    for number in range(FILES):
        film = contents.file(as_checked(number))
        evidence.item(session, club, f"Film {number}", film)
        film.checked.close()
    return accounts.lead_of(club)


def as_checked(number):
    """Looking at 50 MB takes seconds, and is not what is asked here."""
    folder = Path(tempfile.mkdtemp())
    file = folder / "sent"
    with file.open("wb") as made:
        made.truncate(EACH + number)
    with file.open("rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
    return Checked("film.mp4", folder, file, digest, EACH + number, {"kind": "mp4"})


def begun(portal):
    """An archive that is asked for by somebody whose line is slow."""
    line = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=90)
    line.request("GET", f"{HERE}/export", headers={"Cookie": portal.cookie})
    answer = line.getresponse()
    assert answer.status == 200
    assert answer.read(MB).startswith(b"PK")
    return line


def test_an_archive_grows_no_process_and_holds_nobody_up(own_app, tmp_path):
    url = own_app.extensions["settings"].database_url
    with served(url, tmp_path, who=a_lead_with_films) as portal:
        portal.fetch(HERE)
        before = portal.begin_peak()
        slow = [begun(portal) for _ in range(4)]
        began = time.monotonic()
        portal.fetch(HERE)
        assert time.monotonic() - began < 5
        assert portal.fetch(f"{HERE}/export") > FILES * EACH
        for line in slow:
            line.close()
        growth = portal.peak() - before
    assert growth < MOST_GROWTH, f"{growth / MB:.1f} MB"
