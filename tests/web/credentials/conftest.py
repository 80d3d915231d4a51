"""One credential, and the outside world's verifier."""

import copy
import json
import os
import subprocess
from importlib import resources
from typing import Any

import pytest

from tests.builders.credentials import credential
from tools.build_assets import ROOT, node
from web import clock, publishing
from web.credentials import issuer

CONTEXTS = {
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
}


@pytest.fixture(autouse=True)
def nothing_cached(app):
    """A rolled-back transaction leaves the edition's number to be used again."""
    app.extensions["publishing"].shelf = publishing.Shelf()


@pytest.fixture
def issued(session):
    return credential(session)


class Outside:
    """What another program says of documents, when it can ask this site for its addresses."""

    def __init__(self, client: Any):
        self.client = client
        self.looks: list[dict[str, Any]] = []

    def sees(self, document: dict[str, Any], at: Any = None) -> None:
        """As it stands at this moment."""
        self.looks.append(
            {
                "credential": copy.deepcopy(document),
                "documents": _web(self.client),
                "now": str(at or clock.now()),
            }
        )

    def says(self) -> list[dict[str, Any]]:
        """Of all that it saw, in one run: it takes a second to start."""
        script = ROOT / "tests/web/credentials/verify.mjs"
        done = subprocess.run(
            [*node()[0], str(script)], input=json.dumps(self.looks), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        said: list[dict[str, Any]] = json.loads(done.stdout)
        return said


@pytest.fixture
def outside(client):
    if not (ROOT / "node_modules/@digitalbazaar/vc").is_dir():
        if "PORTAL_TEST_EVERYTHING" in os.environ:
            pytest.fail("npm's packages for tests are not here")
        pytest.skip("npm's packages for tests are not here: make test fetches them")
    return Outside(client)


def _web(client: Any) -> dict[str, Any]:
    """By address, what the world would get."""
    bundled = resources.files("openbadgeslib.ob3.contexts")
    found = {url: json.loads((bundled / name).read_text()) for url, name in CONTEXTS.items()}
    found[issuer.did()] = client.get("/.well-known/did.json").json
    found["http://localhost/credentials/status/1"] = json.loads(
        client.get("/credentials/status/1").data
    )
    return found
