"""Real threads on a database of their own: the report goes once, and so do its facts."""

import pytest
from sqlalchemy import func, select

from accounts.models import Person
from review import queries
from review.models import Case, CaseEvent, FactPoint
from review.report import actions
from review.report.jobs import jobs
from review.states import FACT_CHECK, MODERATION, REPORT
from tests.builders import charter as pledges
from tests.builders import group as groups
from tests.builders import review as build
from tests.parallel import at_once, browser
from web import clock
from web.jobs import run_due

pytestmark = pytest.mark.slow


@pytest.fixture
def database(own_app):
    return own_app.extensions["database"]


def prepared(own_app, database, state):
    """A case in this state, whole; returns its reference."""
    with own_app.app_context(), database.session(writes=True) as session:
        group = groups.group(session)
        case = build.case_at(session, group, state)
        if state == REPORT:
            adult = group.assessors[0]
            actions.write_words(session, case, "They do well.", "It is good.", by=adult)
        session.commit()
        return case.reference


def happened(database, reference):
    with database.session(writes=False) as session:
        case = queries.by_reference(session, reference)
        verbs = select(CaseEvent.verb).join(CaseEvent.case).where(Case.reference == reference)
        return case.state, list(session.scalars(verbs.order_by(CaseEvent.id)))


def test_two_assessors_send_the_report_at_once(own_app, database):
    reference = prepared(own_app, database, REPORT)
    with own_app.app_context(), database.session(writes=True) as session:
        case = queries.by_reference(session, reference)
        clients = [browser(own_app, a.person) for a in case.allocations]
    address = f"/assess/{reference}/report/send"
    for client in clients:
        client.get(address)
    calls = [lambda c=c: c.post_raw(address, {}) for c in (*clients, *clients)]
    answers = sorted(answer.status_code for answer in at_once(*calls))
    assert answers == [303, 403, 403, 403]
    state, verbs = happened(database, reference)
    assert (state, verbs.count("send report")) == (FACT_CHECK, 1)


def test_a_lead_sends_the_facts_while_the_clock_agrees(own_app, database):
    """One of the two, never both and never neither; what was written is sent or stays a draft."""
    reference = prepared(own_app, database, FACT_CHECK)
    with own_app.app_context(), database.session(writes=True) as session:
        case = queries.by_reference(session, reference)
        lead, due = pledges.lead_of(case.organisation), case.due_on
        slug = case.organisation.slug
    clock.freeze(clock.now().replace(year=due.year + 1))
    with own_app.app_context(), database.session(writes=True) as session:
        client = browser(own_app, session.get_one(Person, lead.id))
    own = f"/my/organisations/{slug}/quality/cases/{reference}/report"
    client.send(f"{own}/facts/A1", text="It is the other way.")

    def work():
        with own_app.app_context(), own_app.test_request_context():
            return run_due(database, list(jobs))

    answer, *_ran = at_once(lambda: client.post_raw(f"{own}/send", {}), work, work)
    state, verbs = happened(database, reference)
    assert state == MODERATION
    ends = [verb for verb in verbs if verb in ("facts checked", "silence agrees")]
    assert len(ends) == 1
    with database.session(writes=False) as session:
        sent = session.scalar(select(func.count(FactPoint.sent_at)))
    assert (ends[0] == "facts checked") == (answer.status_code == 303) == (sent == 1)
