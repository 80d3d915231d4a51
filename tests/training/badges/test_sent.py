"""An Open Badge of somebody else's comes with a record, and who checks it reads what we found."""

import json
from io import BytesIO

import pytest

from tests.builders import training as build
from tests.web.credentials.test_foreign import DID, signed
from training.models import SentBadge
from training.records import queries, writing
from web import clock
from web.audit.models import AuditValue
from web.my_data import sections_of

ADD = "/my/training/add"


@pytest.fixture
def worker(session, organisation):
    return build.worker(session, organisation, "volunteer")


def send(own, document):
    badge = (BytesIO(json.dumps(document).encode()), "badge.json")
    return own.send(
        ADD, module="W2", day="1 March 2027", provider="Open Door Learning", how="course",
        badge=badge,
    )  # fmt: skip


def test_it_is_looked_at_and_the_checker_reads_what_was_found(
    session, organisation, worker, browser, lead
):
    own = browser(worker)
    assert send(own, signed()).status_code == 303
    badge = session.query(SentBadge).one()
    reference = badge.record.reference
    assert badge.title == "First aid"
    assert "Nobody has changed it" in own.page(f"/my/training/records/{reference}").text
    page = browser(lead).page(f"/my/organisations/{organisation.slug}/training/checks/{reference}")
    assert "Whose signature it is, we cannot tell" in page.text
    assert "Win Wood" in page.text
    rows = next(s for s in sections_of(session, worker) if s.key == "training").rows
    assert any("First aid" in (row.get("Open Badge sent with it") or "") for row in rows)


def test_what_is_no_badge_is_said_beside_the_field(session, worker, browser):
    answer = send(browser(worker), {"type": "Something"})
    assert answer.status_code == 422
    assert "We cannot read this as an Open Badge" in answer.text
    assert queries.records_of(session, queries.practitioner_of(session, worker)) == []


def test_it_goes_with_the_record(session, worker, browser):
    own = browser(worker)
    send(own, signed())
    record = session.query(SentBadge).one().record
    writing.withdraw(session, record, by=worker, at=clock.now())
    session.commit()
    assert session.query(SentBadge).count() == 0
    send(own, signed())
    mine = queries.practitioner_of(session, worker)
    writing.forget(session, mine, by=worker, at=clock.now())
    session.commit()
    assert session.query(SentBadge).count() == 0
    kept = json.dumps([value.after for value in session.query(AuditValue)])
    assert DID not in kept
