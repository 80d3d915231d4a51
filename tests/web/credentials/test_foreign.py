"""Somebody else's badge: what can be proven of it without asking anybody."""

import json
from datetime import UTC, date, datetime

import pytest
from openbadgeslib import KeyEd25519
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3LdpSigner,
    OB3Signer,
    OpenBadgeCredential,
    did_key_from_pem,
)

from web import clock
from web.credentials import revoke
from web.credentials.foreign import Outcome, is_badge, look

PRIVATE, PUBLIC = KeyEd25519().generate_keypair()
DID = did_key_from_pem(PUBLIC)


def badge(issuer=DID, **more):
    return OpenBadgeCredential(
        issuer=Issuer(id=issuer, name="Open Door Learning"),
        recipient_id="mailto:win@example.org",
        identifiers=[IdentityObject("Win Wood", "name", hashed=False)],
        achievement=Achievement("https://example.org/first-aid", "First aid", "d", "c"),
        **{"issuance_date": datetime(2026, 1, 2, tzinfo=UTC)} | more,
    )


def signed(issuer=DID, method=None, **more):
    return OB3LdpSigner(PRIVATE, method).sign(badge(issuer, **more))


def found(session, sent):
    sent = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    assert is_badge(sent)
    return look(session, sent, at=clock.now())


def test_what_it_says_is_read_and_its_own_key_fits(session):
    looked = found(session, signed())
    assert looked.outcome is Outcome.FITS
    assert (looked.title, looked.issuer_name, looked.issuer) == (
        "First aid",
        "Open Door Learning",
        DID,
    )
    assert looked.names == "Win Wood; win@example.org"
    assert (looked.valid_from, looked.valid_until) == (date(2026, 1, 2), None)


def test_one_that_ran_out_or_is_to_come_still_fits(session):
    over = signed(expiration_date=datetime(2026, 2, 2, tzinfo=UTC))
    assert found(session, over).outcome is Outcome.FITS
    assert found(session, over).valid_until == date(2026, 2, 2)
    coming = signed(issuance_date=datetime(2099, 2, 2, tzinfo=UTC))
    assert found(session, coming).outcome is Outcome.FITS


def test_a_changed_one_does_not_fit(session):
    document = signed(expiration_date=datetime(2026, 2, 2, tzinfo=UTC))
    assert found(session, document | {"name": "Credential has expired"}).outcome is Outcome.BROKEN
    longer = document | {"validUntil": "2099-01-01T00:00:00Z"}
    assert found(session, longer).outcome is Outcome.BROKEN
    assert (
        found(session, {k: v for k, v in document.items() if k != "proof"}).outcome
        is Outcome.BROKEN
    )


def test_a_token_is_read_too(session):
    token = OB3Signer(PRIVATE, "EdDSA").sign(badge())
    assert found(session, token.encode()).outcome is Outcome.FITS
    head, body, _ = token.split(".")
    other = OB3Signer(PRIVATE, "EdDSA").sign(badge(id="urn:uuid:0")).split(".")[2]
    assert found(session, f"{head}.{body}.{other}".encode()).outcome is Outcome.BROKEN
    over = badge(expiration_date=datetime(2026, 2, 2, tzinfo=UTC))
    assert found(session, OB3Signer(PRIVATE, "EdDSA").sign(over).encode()).outcome is Outcome.FITS


def test_nobody_is_asked(session, monkeypatch):
    def never(*_, **__):
        raise AssertionError("it asked the network")

    monkeypatch.setattr("socket.create_connection", never)
    monkeypatch.setattr("socket.getaddrinfo", never)
    monkeypatch.setattr("openbadgeslib.util.download_file", never)
    for issuer, method in (
        ("did:web:127.0.0.1%3A8000", "did:web:127.0.0.1%3A8000#key"),
        ("https://169.254.169.254/latest", None),
        ("did:web:example.org", None),
    ):
        assert found(session, signed(issuer, method)).outcome is Outcome.ELSEWHERE
    assert found(session, signed(DID, "did:web:example.org#key")).outcome is Outcome.BROKEN
    token = OB3Signer(PRIVATE, "EdDSA").sign(badge("did:web:example.org"))
    assert found(session, token.encode()).outcome is Outcome.ELSEWHERE


def test_other_ways_of_signing_are_called_so(session):
    document = signed()
    proof = document["proof"] | {"cryptosuite": "ecdsa-rdfc-2019"}
    assert found(session, document | {"proof": proof}).outcome is Outcome.UNKNOWN_WAY
    assert found(session, document | {"proof": [document["proof"]]}).outcome is Outcome.UNKNOWN_WAY


def test_our_own_is_looked_up_in_our_book(session, issued):
    assert found(session, issued.document).outcome is Outcome.OURS
    assert found(session, issued.document | {"name": "More"}).outcome is Outcome.OURS_NOT
    revoke(session, issued, "It ran out.", at=clock.now(), by="system:test")
    assert found(session, issued.document).outcome is Outcome.OURS_NOT


@pytest.mark.once
@pytest.mark.parametrize(
    "more",
    [
        {"issuer": {"id": DID, "name": ["\x00"]}},
        {"credentialSubject": "x"},
        {"credentialSubject": [[]]},
        {"credentialSubject": {"identifier": 5, "achievement": {"name": "x" * 5000}}},
        {"validFrom": 7, "validUntil": "0001-01-01T00:00:00+14:00"},
        {"proof": {"cryptosuite": "eddsa-rdfc-2022", "proofValue": "\ud800"}},
    ],
    ids=range(6),
)
def test_nothing_odd_breaks_it(session, more):
    looked = found(session, signed() | more)
    assert looked.outcome is Outcome.BROKEN
    assert max(map(len, (looked.title, looked.names, looked.issuer_name))) <= 200


def test_what_is_no_badge_is_none():
    for sent in (
        b"",
        b"{}",
        b'{"type": "OpenBadgeCredential"}',
        b"x",
        b'{"type": [[]], "issuer": "a"}',
    ):
        assert not is_badge(sent)
