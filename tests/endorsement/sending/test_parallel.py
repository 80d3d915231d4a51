"""Real threads on a database of their own: however often it is pressed, one is sent."""

import pytest
from sqlalchemy import func, select

from accounts.queries import organisation_by_slug
from endorsement.models import QualityPoint, Submission, SubmissionEvent, SubmissionItem
from endorsement.sending.snapshot import EVIDENCE
from endorsement.sending.verifying import differences
from tests.builders import charter as pledges
from tests.builders import evidence as library
from tests.builders import sending as build
from tests.client import soup
from tests.parallel import at_once, browser
from web.mail import OutboxMail

pytestmark = pytest.mark.slow

HERE = "/my/organisations/kites/quality"


@pytest.fixture
def database(own_app):
    return own_app.extensions["database"]


@pytest.fixture
def kites(own_app, database):
    with own_app.app_context(), database.session(writes=True) as session:
        build.ready(session, pledges.club(session, name="Kites"))


@pytest.fixture
def pressing(own_app, database, kites):
    """Two leads, each with two browsers, who all have the page before them."""
    with own_app.app_context(), database.session(writes=True) as session:
        club = _club(session)
        leads = [pledges.lead_of(club), pledges.joined(session, club, "lead", "Zoe")]
        clients = [browser(own_app, lead) for lead in (*leads, *leads)]
    calls = []
    for client in clients:
        page = soup(client.get(f"{HERE}/send"))
        hidden = page.select("main form input[type=hidden]")
        data = {field["name"]: field.get("value", "") for field in hidden}
        data |= {"level": "foundation", "name": "Joan", "role": "Chair", "declared": "y"}
        calls.append(lambda c=client, d=data: c.post(f"{HERE}/send", data=d))
    return calls


def count(session, wanted):
    return session.scalar(select(func.count()).select_from(wanted))


def test_two_leads_and_a_held_down_button_make_one(own_app, database, pressing):
    answers = at_once(*pressing)
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    with own_app.app_context(), database.session(writes=False) as session:
        (made,) = session.scalars(select(Submission)).all()
        assert answers[0].location.endswith(made.reference)
        assert list(differences(made)) == []
        assert count(session, SubmissionEvent) == 1
        assert count(session, QualityPoint) == 1
        mails = session.scalars(select(OutboxMail.kind).where(OutboxMail.kind.contains("endorse")))
        assert sorted(mails) == ["endorsement/sent"] * 2 + ["endorsement/to-read"]


def test_whoever_writes_at_the_same_moment_is_either_in_it_or_not(own_app, database, pressing):
    with own_app.app_context(), database.session(writes=True) as session:
        editor = browser(own_app, pledges.joined(session, _club(session), "editor"))
    page = soup(editor.get(f"{HERE}/standards/A1"))
    hidden = page.select("main form input[type=hidden]")
    data = {field["name"]: field.get("value", "") for field in hidden}
    data |= {"rating": "3", "reason": "We found more.", "then": "on"}
    sent, written = at_once(pressing[0], lambda: editor.post(f"{HERE}/standards/A1", data=data))
    assert written.status_code == 303
    assert sent.status_code in (303, 422), "422: it was changed after the page was opened"
    with own_app.app_context(), database.session(writes=False) as session:
        for made in session.scalars(select(Submission)):
            assert list(differences(made)) == []
            (a1,) = [i for i in made.items if i.key == "A1"]
            assert a1.content["rating"] == 2


def test_what_is_taken_away_at_the_same_moment_is_not_kept_in_what_was_sent(
    own_app,
    database,
    evidence_shown,
    pressing,
):
    lead, address = evidence_shown
    form = {"why": "A face.", "csrf_token": lead.token()}
    sent, removed = at_once(pressing[0], lambda: lead.post(address, data=form))
    assert removed.status_code == 303
    assert sent.status_code in (303, 422)
    with own_app.app_context(), database.session(writes=False) as session:
        found = session.scalars(select(SubmissionItem).where(SubmissionItem.kind == EVIDENCE))
        assert [item.content for item in found if item.content is not None] == []
        for made in session.scalars(select(Submission)):
            assert list(differences(made)) == []


@pytest.fixture
def evidence_shown(own_app, database, kites):
    """A browser of a lead, and where an item of the library is taken away."""
    with own_app.app_context(), database.session(writes=True) as session:
        club = _club(session)
        item = library.item(session, club, "Our hall", standards=("A1",))
        client = browser(own_app, pledges.lead_of(club))
        return client, f"{HERE}/evidence/{item.reference}/versions/1/remove"


def _club(session):
    return organisation_by_slug(session, "kites")
