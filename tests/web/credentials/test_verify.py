"""/verify: it says plainly what is proven; nothing that is sent breaks it."""

import copy
import json
from datetime import timedelta
from io import BytesIO

import pytest
from openbadgeslib import KeyEd25519, baking
from openbadgeslib.ob3.ldp import add_data_integrity_proof

from tests.client import soup
from web import clock
from web.credentials import forget, keys, revoke
from web.credentials.verifying import Verdict, verify
from web.credentials.words import WORDS

BY = "system:test"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def verdict(session, document):
    sent = document if isinstance(document, bytes) else json.dumps(document).encode()
    return verify(session, sent, at=clock.now()).verdict


def test_what_is_said_of_a_credential_of_ours(session, issued, still_clock):
    document = copy.deepcopy(issued.document)
    assert verdict(session, document) is Verdict.VALID
    assert verdict(session, dict(reversed(document.items()))) is Verdict.VALID
    clock.freeze(still_clock - timedelta(days=1))
    assert verdict(session, document) is Verdict.NOT_YET
    clock.freeze(still_clock + timedelta(days=366))
    assert verdict(session, document) is Verdict.EXPIRED
    clock.freeze(still_clock)
    keys.retire(session, issued.key, stolen=False, by=BY, at=still_clock)
    assert verdict(session, document) is Verdict.VALID
    revoke(session, issued, "It ran out.", at=still_clock, by=BY)
    assert verdict(session, document) is Verdict.REVOKED
    forget(session, "thing:7", at=still_clock, by=BY)
    assert verdict(session, document) is Verdict.REVOKED
    keys.retire(session, issued.key, stolen=True, by=BY, at=still_clock)
    assert verdict(session, document) is Verdict.STOLEN_KEY


def changes(document):
    subject, proof = document["credentialSubject"], document["proof"]
    yield document | {"name": "Something grander"}
    yield document | {"validUntil": "2099-01-01T00:00:00Z"}
    yield document | {"note": "no term of any context, so the signature does not cover it"}
    yield document | {"credentialSubject": subject | {"identifier": []}}
    yield {k: v for k, v in document.items() if k != "validUntil"}
    yield {k: v for k, v in document.items() if k != "credentialStatus"}
    yield document | {"proof": proof | {"proofValue": proof["proofValue"][:-1] + "1"}}
    yield document | {"proof": proof | {"cryptosuite": "none"}}


def test_one_changed_word_is_found(session, issued):
    for changed in changes(copy.deepcopy(issued.document)):
        assert verdict(session, changed) is Verdict.CHANGED


def test_a_key_that_is_not_ours_proves_nothing(session, issued):
    private, _ = KeyEd25519().generate_keypair()
    bare = {k: v for k, v in issued.document.items() if k != "proof"}
    foreign = add_data_integrity_proof(bare, private, "did:web:localhost#BBBB-BBBB")
    assert verdict(session, foreign) is Verdict.UNKNOWN_KEY
    under_our_name = add_data_integrity_proof(
        bare, private, f"did:web:localhost#{issued.key.reference}"
    )
    assert verdict(session, under_our_name) is Verdict.CHANGED
    elsewhere = add_data_integrity_proof(bare, private, "did:web:example.org#key")
    assert verdict(session, elsewhere) is Verdict.UNKNOWN_KEY
    assert verdict(session, bare) is Verdict.UNKNOWN_KEY
    assert verdict(session, bare | {"issuer": "did:web:example.org"}) is Verdict.NOT_OURS
    unknown = add_data_integrity_proof(
        bare | {"id": "http://localhost/credentials/BBBB-BBBB"},
        keys.private_pem(issued.key),
        f"did:web:localhost#{issued.key.reference}",
    )
    assert verdict(session, unknown) is Verdict.NOT_ON_LIST


def test_a_picture_that_carries_it_is_read(session, issued):
    text = json.dumps(issued.document)
    svg = baking.bake_svg(
        SVG, text, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3, as_text=True
    )
    assert verdict(session, svg) is Verdict.VALID


NONSENSE = (
    b"\x00\xff", b"{", b"[]", b"null", b"{}", b"a.b.c", b"..", b"\x89PNG\r\n\x1a\n", SVG, b"<svg",
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><svg>&b;</svg>",
    b'{"issuer":' * 5000, b"[" * 100000, b'{"issuer": {"id": 7}}', b'{"issuer": "did:web:localhost"}',
    b'{"issuer": "did:web:localhost", "proof": []}',
    b'{"issuer": "did:web:localhost", "proof": {"verificationMethod": "did:web:localhost#\\u0000"}}',
    b'{"issuer": "did:web:localhost", "proof": {"verificationMethod": 5}, "id": NaN}',
    b"x" * 300_000, "ünïcödé".encode("utf-16"), b'{"issuer": "\\ud800"}',
    b"eyJhbGciOiJub25lIn0.eyJpc3N1ZXIiOiJkaWQ6d2ViOmV4YW1wbGUub3JnIn0.",
)  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("sent", NONSENSE, ids=range(len(NONSENSE)))
def test_nothing_that_is_sent_breaks_it(session, client, sent):
    assert not verify(session, sent, at=clock.now()).verdict.is_genuine
    data = {"file": (BytesIO(sent), "badge.json")}
    assert client.post_raw("/verify", data).status_code in (200, 422)


def test_the_page_says_it_plainly(client, session, issued):
    page = soup(client.send("/verify", pasted=json.dumps(issued.document)))
    assert "It is real and it stands" in page.select_one("[role=status] h2").text
    assert HOLDER_NAME in page.text
    assert client.send("/verify", pasted="").status_code == 422
    own = client.page(f"/credentials/{issued.reference}")
    assert "stands today" in own.text
    assert HOLDER_NAME not in own.text
    assert client.get("/credentials/BBBB-BBBB").status_code == 404
    assert issued.key.reference in client.page("/credentials").text


HOLDER_NAME = "Zoë Ångström-Okafor"


def test_every_verdict_has_its_words():
    assert set(WORDS) == set(Verdict)
    assert all(words.not_proven for words in WORDS.values())


def test_the_keys_are_published_but_for_stolen_ones(client, session, issued, still_clock):
    first = issued.key
    second = keys.make(session, by=BY, at=still_clock)
    keys.retire(session, first, stolen=False, by=BY, at=still_clock)
    session.commit()
    both = {second.reference, first.reference}
    assert {key["kid"] for key in client.get("/.well-known/jwks.json").json["keys"]} == both
    keys.retire(session, first, stolen=True, by=BY, at=still_clock)
    session.commit()
    methods = client.get("/.well-known/did.json").json["verificationMethod"]
    assert [method["id"] for method in methods] == [f"did:web:localhost#{second.reference}"]
