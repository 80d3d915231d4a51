"""Questions to the organisation: "an assessor" asks, a clock of their own, silence."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from review.desk import questions
from review.desk.jobs import jobs
from review.desk.reminding import reminders
from review.models import Case, Question
from review.rules import PORTAL
from review.states import DESK, QUESTION, VISIT
from tests.builders import review as build
from web import clock
from web.jobs import run_due
from web.mail import OutboxMail
from web.workflow import Refused


@pytest.fixture
def own(app, case, lead):
    client = app.test_client()
    client.sign_in(lead)
    return client


@pytest.fixture
def there(case):
    slug = case.organisation.slug
    return f"/my/organisations/{slug}/quality/cases/{case.reference}"


def said(page):
    return " ".join(page.get_text(" ").split())


def run_jobs(app):
    with app.app_context():
        run_due(app.extensions["database"], list(jobs))


def how(by):
    return {"by": by, "at": clock.now(), "scheme": build.scheme()}


def test_it_is_asked_answered_and_the_clock_goes_on(session, desk, own, home, there, case, parts):
    due = case.due_on
    answer = desk.send(f"{home}/standards/A1/ask", text="Who is the lead?")
    assert answer.status_code == 303
    session.refresh(case)
    assert (case.state, case.due_on, case.stopped_on) == (QUESTION, due, clock.today())
    page = own.page(there)
    assert "An assessor asked" in said(page)
    assert parts[0].person.name not in said(page)
    clock.freeze(clock.now() + timedelta(days=7))
    link = next(a["href"] for a in own.page(there).select("a") if "/questions/" in a["href"])
    assert own.post_raw(link, {"answer": " "}).status_code == 422
    assert own.send(link, press="Send the answer", answer="Sam is.").status_code == 303
    session.refresh(case)
    assert (case.state, case.stopped_on) == (DESK, None)
    assert case.due_on > due
    assert "Sam is." in said(desk.page(f"{home}/standards/A1"))
    assert own.get(link).status_code == 303


def test_nobody_is_named_in_a_mail(session, desk, home, parts):
    desk.send(f"{home}/standards/A1/ask", text="Who is the lead?")
    told = [
        str(m.facts) for m in session.scalars(select(OutboxMail)) if m.kind == "review/organisation"
    ]
    assert told
    assert not [t for t in told if parts[0].person.name in t or "Who is the lead" in t]


def test_the_others_read_it_once_it_is_answered(app, session, desk, home, parts, lead):
    asked = build.asked(session, parts[0], "A1", "Who is the lead?")
    other = app.test_client()
    other.sign_in(parts[1].person)
    assert "Who is the lead?" not in said(other.page(f"{home}/standards/A1"))
    questions.answer(session, asked, "Sam is.", **how(lead))
    session.commit()
    page = said(other.page(f"{home}/standards/A1"))
    assert "Another assessor asked" in page
    assert "Sam is." in page
    take_back = f"{home}/questions/{asked.reference}/take-back"
    assert other.get(take_back).status_code == 404


def test_more_time_is_given_once(session, own, there, parts):
    asked = build.asked(session, parts[0], "A1")
    due = asked.due_on
    address = f"{there}/questions/{asked.reference}/more-time"
    assert own.post_raw(address, {}).status_code == 303
    session.refresh(asked)
    longer = asked.due_on
    assert longer > due
    own.post_raw(address, {})
    session.refresh(asked)
    assert (asked.due_on, asked.extended) == (longer, 1)


def test_silence_ends_it_and_the_case_goes_on(app, session, case, parts):
    asked = build.asked(session, parts[0], "A1")
    clock.freeze(clock.begins(asked.due_on) + timedelta(hours=12))
    run_jobs(app)
    session.expire_all()
    assert session.scalar(select(Case.state)) == QUESTION
    clock.freeze(clock.now() + timedelta(days=1))
    run_jobs(app)
    session.expire_all()
    assert session.scalar(select(Question.closed_why)) == "silence"
    assert (case.state, case.events[-1].verb) == (DESK, "go on without")


def test_whoever_asked_waits_for_the_answer_and_then_all_goes_on(session, case, parts, lead):
    asked = build.asked(session, parts[0], "A1")
    for part in parts[1:]:
        build.sent(session, part)
    with pytest.raises(Refused, match="question of yours is open"):
        build.sent(session, parts[0])
    assert case.state == QUESTION
    questions.answer(session, asked, "Sam is.", **how(lead))
    assert case.state == DESK
    build.sent(session, parts[0])
    assert case.state == VISIT


def test_the_last_question_may_end_when_all_is_in(session, case, parts):
    """Somebody's part ended with their question open, and the others sent meanwhile."""
    asked = build.asked(session, parts[0], "A1")
    parts[0].state = "replaced"
    build.record(session, parts[0], "replace", by=PORTAL, at=clock.now())
    for part in parts[1:]:
        build.sent(session, part)
    questions.end_by_silence(session, asked, at=clock.now(), scheme=build.scheme())
    assert case.state == DESK


def test_it_can_be_taken_back(session, desk, home, case, parts):
    asked = build.asked(session, parts[0], "A1")
    assert desk.send(f"{home}/questions/{asked.reference}/take-back").status_code == 303
    session.refresh(case)
    assert case.state == DESK


def test_the_organisation_is_reminded_twice_in_its_weekly_mail(session, parts, lead):
    asked = build.asked(session, parts[0], "A1")
    first = [r for r in reminders(session, clock.now()) if r.person_id == lead.id]
    clock.freeze(clock.begins(asked.due_on) - timedelta(days=2))
    second = [r for r in reminders(session, clock.now()) if r.person_id == lead.id]
    assert len(first) == len(second) == 1
    assert first[0].key != second[0].key
    assert parts[0].person.name not in str(first[0].sentence)
