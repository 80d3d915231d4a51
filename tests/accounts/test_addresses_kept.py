"""Changes of address and lost mailboxes are not kept for ever."""

from datetime import timedelta

from sqlalchemy import select

from accounts.addresses import mailboxes, retention
from accounts.models import AddressChange, MailboxRequest
from tests.builders import addresses as build
from tests.builders import people
from web import clock
from web.audit.verify import verify

OLD, NEW = "sam@closed.example", "sam@home.example"


def test_what_ended_a_year_ago_goes_and_nothing_younger(app, session):
    build.with_second(session, people.person(session, "Sam", OLD))
    officer = people.officer(session)
    lost = build.started(session, build.lost(session, OLD, NEW), officer)
    mailboxes.stop_by_officer(session, lost, note="No.", by=officer, at=clock.now())
    build.lost(session, "still@waits.example", "new@waits.example")
    for days, left in ((360, 3), (367, 1)):
        at = clock.now() + timedelta(days=days)
        for rule in retention.rules:
            for row in rule.due(session, at):
                rule.take_away(session, row, at)
        session.commit()
        kept = [*session.scalars(select(AddressChange)), *session.scalars(select(MailboxRequest))]
        assert len(kept) == left
    assert kept[0].state == "asked"
    key = app.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []
