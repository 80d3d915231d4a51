"""From the page to a real clamd and a real S3 store, and back: held until clean, or refused."""

import io
import zipfile

import pytest
from sqlalchemy import select

from endorsement.models import EvidenceItem
from tests.conftest import settings_for_tests
from tests.endorsement.evidence.test_files import send
from tests.web.files import clamd, making, s3
from web.files import scanning
from web.files.store import Store
from web.jobs import run_due

PDF = making.pdf()


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    with clamd.running(tmp_path_factory.mktemp("clamd")) as where:
        yield where


@pytest.fixture
def far_away(app, scanner):
    """The portal, with a scanner and a store in S3 as its settings would set them."""
    usual, folder = app.extensions["settings"], app.extensions["files"]
    with s3.moto() as where:
        settings = settings_for_tests(usual.database_url, clamd=scanner, **where)
        app.extensions.update(settings=settings, files=Store(settings))
        yield
    app.extensions.update(settings=usual, files=folder)


def test_what_is_sent_is_held_back_until_it_is_clean(app, session, far_away, mine, home):
    plain = (b"The minutes.\n" + clamd.EICAR, "minutes.txt")
    assert send(mine, f"{home}/add/files", (PDF, "rota.pdf"), plain).status_code == 303
    clean, bad = [
        f"{home}/{item.reference}"
        for item in session.scalars(select(EvidenceItem).order_by(EvidenceItem.id))
    ]
    assert mine.page(home).text.count("Being checked") == 2
    for address in (clean, bad):
        page = mine.page(address)
        assert "Being checked" in page.text
        assert not page.select("img.app-evidence__page")
        for held in ("file", "pages/1"):
            assert mine.get(f"{address}/versions/1/{held}").status_code == 404
    assert "is being checked for viruses" in mine.get(f"{clean}/versions/1/file").text
    run_due(app.extensions["database"], list(scanning.jobs))
    page = mine.page(clean)
    assert "Being checked" not in page.text
    assert mine.get(page.select_one("img.app-evidence__page")["src"]).content_type == "image/webp"
    assert mine.get(f"{clean}/versions/1/file").data == PDF
    assert "The virus check found something in it" in mine.page(bad).text
    assert "did not let this file through" in mine.get(f"{bad}/versions/1/file").text
    assert mine.page(home).text.count("Not let through") == 1
    taken = zipfile.ZipFile(io.BytesIO(mine.get(home.replace("evidence", "export")).data))
    files = [name for name in taken.namelist() if name.startswith("evidence/")]
    assert [taken.read(name) for name in files] == [PDF]
