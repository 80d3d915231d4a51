"""Every rule of retention, on a database of its own: two at once take each thing away once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions import colleagues, data_requests, joining, leading
from accounts.addresses import mailboxes
from accounts.models import Invitation
from accounts.retention import offer_downloads
from charter.models import WorkerPledge
from charter.versions import actions as drafting
from endorsement.drafting.kind import FRAMEWORKS
from review.flags import actions as flags
from review.panel.voting import Choice
from review.states import DESK
from steering.models import YouthSeat
from steering.models.seats import CONSTITUENCIES
from steering.youth import actions as youth
from tests.builders import (
    accounts,
    addresses,
    drafts,
    frameworks,
    group,
    pathway_drafts,
    people,
    review,
    sending,
    sessions,
    workers,
)  # fmt: skip
from tests.builders import charter as build
from tests.builders import panel as panels
from training.drafting.kind import PATHWAYS
from web import clock, retention
from web.audit import AuditEntry
from web.audit.verify import verify
from web.drafting import actions as shared
from web.mail import OutboxMail
from web.mail.models import ToldReminder

pytestmark = pytest.mark.slow

LONG = timedelta(days=8 * 366)
FEW = 3
GROWING = ("endorsement", "training", "programme")
"""Packages whose new rules may have nothing due here; their own tests look at them."""


@pytest.fixture
def old(own_app):
    """A portal in which something is due by every rule, years later."""
    with own_app.app_context(), own_app.extensions["database"].session(writes=True) as session:
        _accounts(session)
        _charter(session)
        _review(session)
        session.add(ToldReminder(person_id=1, key="gone:1", told_at=clock.now()))
        for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id)):
            mail.sent_at = clock.now()
        session.commit()
        clock.freeze(clock.now() + timedelta(days=700))
        offer_downloads(session, clock.now())
        session.commit()
    clock.freeze(clock.now() + LONG)
    return own_app


def _accounts(session):
    olu, dana = people.officer(session), people.data_protection_lead(session)
    people.person(session, "Cas", confirmed=False)
    club = accounts.checked_organisation(session, name="Kites")
    accounts.invitation(session, club, "bo@example.org")
    said = people.data_request(session)
    data_requests.answer(session, said, by=dana, at=clock.now(), note="Nothing.")
    addresses.with_second(session, people.person(session))
    lost = addresses.lost(session, "old@example.org", "new@example.org")
    mailboxes.refuse(session, lost, note="No.", by=olu, at=clock.now())
    sam = people.person(session, "Sam")
    asked = accounts.asks_to_join(session, club, sam)
    joining.take_back(session, asked, by=sam, at=clock.now())
    lee = accounts.member(session, club, name="Lee")
    offer = accounts.offers_lead(session, club, accounts.membership(session, club, lee))
    leading.decline_lead(session, offer, by=lee, at=clock.now())
    session.commit()


def _charter(session):
    olu = people.officer(session, "Petra")
    build.pledge(session, "withdrawn")
    sessions.booking(session, "cancelled")
    draft = drafts.begun(session, olu)
    drafting.discard(session, draft, note="Not now.", by=olu, at=clock.now())
    for kind, other in ((FRAMEWORKS, frameworks), (PATHWAYS, pathway_drafts)):
        draft = other.begun(session, olu)
        shared.discard(kind, session, draft, note="Not now.", by=olu, at=clock.now())
    workers.pledge(session, "Una", state="unconfirmed")
    workers.pledge(session, "Wim", state="withdrawn")
    session.commit()


def _review(session):
    """A case that was read and visited, and then taken back."""
    panel, now = group.group(session), clock.now()
    case = review.case_at(session, panel, DESK)
    first, other = case.allocations[:2]
    for part in case.allocations:
        review.sent(session, part, private_note="Mine.")
    other.why = "They know the field."
    visit = review.arranged(session, panel, case)
    visit.seen = "A full hall."
    flag = review.flagged(session, first)
    circle = people.safeguarding_lead(session)
    scheme = review.scheme()
    flags.close(session, flag, "Passed on.", by=circle, at=now, scheme=scheme)
    sending.withdrawn(session, case.submission)
    against = dict.fromkeys(CONSTITUENCIES, Choice("not yet", reason="Too early."))
    panels.released(session, panel, **against)
    seat = session.scalars(select(YouthSeat).order_by(YouthSeat.id)).first()
    youth.end(session, seat, "She moved.", by=panel.officer, at=now)
    session.commit()


def _rules(app):
    with app.app_context():
        return retention.rules()


def _package(rule):
    take_away = getattr(rule.take_away, "func", rule.take_away)
    return take_away.__module__.split(".")[0]


def _due(app, rule):
    with app.app_context(), app.extensions["database"].session(writes=False) as session:
        return list(rule.due(session, clock.now()))[:FEW]


def _taken_by_two(app, rule, one):
    """The second begins while the first has taken it away and not committed yet."""
    held, failed = threading.Event(), []

    def take(first):
        try:
            if not first:
                held.wait(10)
            with app.app_context(), app.extensions["database"].session(writes=True) as session:
                rule.take_away(session, one, clock.now())
                session.flush()
                if first:
                    held.set()
                    threading.Event().wait(0.1)
                session.commit()
        except Exception as error:
            failed.append(error)
        finally:
            held.set()

    threads = [threading.Thread(target=take, args=(first,)) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def _recorded(app):
    """How often each thing was taken away."""
    wanted = (
        select(AuditEntry.subject, AuditEntry.verb, func.count())
        .where(AuditEntry.actor == "system:retention")
        .group_by(AuditEntry.subject, AuditEntry.verb)
    )
    with app.app_context(), app.extensions["database"].session(writes=False) as session:
        return {(subject, verb): count for subject, verb, count in session.execute(wanted)}


def test_two_at_once_take_each_thing_away_once(old):
    for rule in _rules(old):
        due = _due(old, rule)
        assert due or _package(rule) in GROWING, f"{rule.name}: the test has nothing that is due"
        for one in due:
            assert _taken_by_two(old, rule, one) == [], rule.name
        assert not set(map(str, due)) & set(map(str, _due(old, rule))), rule.name
    recorded = _recorded(old)
    assert len(recorded) > 10
    assert {one: n for one, n in recorded.items() if n != 1} == {}
    key = old.extensions["settings"].audit_key.get_secret_value().encode()
    with old.app_context(), old.extensions["database"].session(writes=False) as session:
        assert list(verify(session, key)) == []


def _meanwhile(app, name, change):
    """What is due by a rule; something happens to it; then the run comes to it."""
    (rule,) = (rule for rule in _rules(app) if rule.name == name)
    database = app.extensions["database"]
    (one,) = _due(app, rule)
    with app.app_context(), database.session(writes=True) as session:
        change(session)
        session.commit()
    with app.app_context(), database.session(writes=True) as session:
        rule.take_away(session, one, clock.now())
        session.commit()


def test_an_invitation_that_is_sent_again_meanwhile_stays(own_app):
    with own_app.app_context(), own_app.extensions["database"].session(writes=True) as session:
        club = accounts.checked_organisation(session, name="Kites")
        accounts.invitation(session, club, "bo@example.org")
    clock.freeze(clock.now() + timedelta(days=400))

    def again(session):
        asked = session.scalars(select(Invitation)).one()
        lead = accounts.lead_of(asked.organisation)
        week = timedelta(days=7)
        colleagues.send_again(session, asked, by=lead, at=clock.now(), good_for=week, most_a_day=9)

    _meanwhile(own_app, "invitations", again)
    with own_app.app_context(), own_app.extensions["database"].session(writes=False) as session:
        assert session.scalars(select(Invitation.email)).all() == ["bo@example.org"]


def test_a_workers_form_that_is_sent_again_meanwhile_stays(own_app):
    with own_app.app_context(), own_app.extensions["database"].session(writes=True) as session:
        workers.pledge(session, "Sam", state="unconfirmed")
    clock.freeze(clock.now() + timedelta(days=14))
    _meanwhile(
        own_app,
        "workers-unconfirmed",
        lambda session: workers.pledge(session, "Sam", state="unconfirmed"),
    )
    with own_app.app_context(), own_app.extensions["database"].session(writes=False) as session:
        assert session.scalars(select(WorkerPledge.first_name)).all() == ["Sam"]
