"""Another ecosystem's verifier takes what we sign, refuses it changed, reads it revoked."""

import copy
from datetime import UTC, datetime, timedelta

import pytest

from web import clock
from web.credentials import keys, revoke

pytestmark = pytest.mark.once
BY = "system:test"


@pytest.fixture
def today():
    """The real one: their check of the list asks the machine's own clock."""
    clock.freeze(datetime.now(UTC).replace(microsecond=0))
    return clock.now()


def test_it_is_taken_refused_when_changed_and_read_revoked(today, session, issued, outside):
    document, first = copy.deepcopy(issued.document), issued.key
    outside.sees(document)
    outside.sees(document, today + timedelta(days=366))
    changed = copy.deepcopy(document)
    changed["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    outside.sees(changed)

    keys.make(session, by=BY, at=today)
    keys.retire(session, first, stolen=False, by=BY, at=today)
    session.commit()
    outside.sees(document)

    revoke(session, issued, "It was a mistake.", at=today, by=BY)
    session.commit()
    outside.sees(document)

    keys.retire(session, first, stolen=True, by=BY, at=today)
    session.commit()
    outside.sees(document)

    sound, late, forged, by_a_retired_key, revoked, by_a_stolen_key = outside.says()
    assert (sound["verified"], sound["revoked"]) == (True, False), sound
    assert not late["verified"]
    assert not forged["verified"]
    assert by_a_retired_key["verified"]
    assert not by_a_retired_key["revoked"]
    assert revoked["revoked"]
    assert not by_a_stolen_key["verified"]
