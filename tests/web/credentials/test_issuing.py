"""Signing, revoking, keys, and the book of it."""

import json
from datetime import timedelta

import pytest
from openbadgeslib.ob3 import decode_encoded_list

from tests.builders.credentials import HOLDER, credential
from web import unchanging
from web.audit.models import AuditEntry, AuditValue
from web.audit.verify import verify as verify_chain
from web.credentials import forget, keys, revoke, standing
from web.credentials.models import STOLEN
from web.unchanging import Unchangeable

BY = "system:test"


def bits(client, number=1):
    told = json.loads(client.get(f"/credentials/status/{number}").data)
    return decode_encoded_list(told["credentialSubject"]["encodedList"])


def is_set(client, credential):
    byte = bits(client)[credential.list_index // 8]
    return bool(byte & (0x80 >> credential.list_index % 8))


def test_a_credential_says_what_it_is_and_stands(session, client, issued, still_clock):
    document = issued.document
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["id"] == f"http://localhost/credentials/{issued.reference}"
    assert document["issuer"]["id"] == "did:web:localhost"
    assert document["credentialSubject"]["identifier"][0]["identityHash"] == HOLDER.name
    assert "id" not in document["credentialSubject"], "a person has no address of their own"
    assert document["validUntil"] == "2028-03-01T10:30:00Z"
    assert standing(session, "thing:7", "test", at=still_clock) == [issued]
    assert standing(session, "thing:7", "test", at=still_clock + timedelta(days=366)) == []
    assert standing(session, "thing:7", "other", at=still_clock) == []
    assert not is_set(client, issued)
    assert client.get("/credentials/status/2").status_code == 404


def test_revoking_says_why_once_and_sets_the_bit(session, client, issued, still_clock):
    other = credential(session, until=None)
    revoke(session, issued, "It ran out.", at=still_clock, by=BY)
    revoke(session, issued, "Another reason.", at=still_clock, by=BY)
    session.commit()
    assert issued.reason == "It ran out."
    assert is_set(client, issued)
    assert not is_set(client, other)
    assert standing(session, "thing:7", "test", at=still_clock) == [other]


def test_what_is_forgotten_is_revoked_and_its_words_are_nowhere(session, issued, still_clock):
    forget(session, "thing:7", at=still_clock, by=BY)
    session.commit()
    assert issued.document is None
    assert issued.revoked_at == still_clock
    kept = json.dumps([value.after for value in session.query(AuditValue)])
    assert "Ångström" not in kept
    assert "proofValue" not in kept
    assert not list(verify_chain(session, session_key(session)))


def session_key(session):
    from flask import current_app

    return current_app.extensions["settings"].audit_key.get_secret_value().encode()


def test_a_credential_never_changes(session, issued):
    issued.document = {**issued.document, "name": "More"}
    with pytest.raises(Unchangeable):
        unchanging.refuse(session)
    session.rollback()


def test_private_keys_lie_encrypted_and_in_no_record(session, issued):
    assert "PRIVATE" not in issued.key.secret
    assert keys.private_pem(issued.key).startswith(b"-----BEGIN PRIVATE KEY")
    noted = session.query(AuditValue).filter(AuditValue.field == "secret").count()
    assert noted == 0
    assert session.query(AuditEntry).filter(AuditEntry.verb == "issue").count() == 1


def test_another_secret_key_cannot_read_them_and_the_next_key_signs(
    app, session, issued, still_clock, monkeypatch
):
    first = issued.key
    monkeypatch.setitem(app.config, "SECRET_KEY", "another-secret-for-tests-only-of-some-length")
    assert not keys.is_readable(first)
    other = credential(session, until=None)
    session.commit()
    assert other.key is not first


def test_the_newest_key_signs_and_a_stolen_ones_work_is_revoked(session, issued, still_clock):
    first = issued.key
    second = keys.make(session, by=BY, at=still_clock)
    other = credential(session, until=None)
    assert other.key is second
    assert keys.retire(session, first, stolen=False, by=BY, at=still_clock) == 0
    assert issued.revoked_at is None
    assert keys.retire(session, first, stolen=True, by=BY, at=still_clock) == 1
    session.commit()
    assert (first.state, first.secret, issued.reason) == (STOLEN, "", keys.LOST)
    assert other.revoked_at is None


def test_the_commands(app, session, issued):
    run, reference = app.test_cli_runner().invoke, issued.key.reference
    session.commit()
    made = run(args=["keys", "new"]).output
    listed = run(args=["keys", "list"]).output
    assert listed.startswith(made.split()[0])
    assert f"{reference}  in use" in listed
    assert "Revoked: 0." in run(args=["keys", "retire", reference]).output
    again = run(args=["keys", "retire", reference])
    assert again.exit_code == 1
    assert "retired already" in again.output
    assert "no key" in run(args=["keys", "retire", "NONE"]).output
    assert "Revoked: 1." in run(args=["keys", "retire", reference, "--stolen"]).output
