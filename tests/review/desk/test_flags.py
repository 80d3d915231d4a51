"""A safeguarding flag: its own circle sees it, it holds the case, and it stands nowhere else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from review.flags import actions
from review.models import Flag
from review.states import FACT_CHECK, MODERATION
from tests.builders import charter as pledges
from tests.builders import people, sending
from tests.builders import review as build
from tests.client import soup
from web import clock, working_days
from web.audit import AuditEntry
from web.mail import OutboxMail
from web.workflow import Refused

WORDS = "A coach drove two of them home alone, again and again."


@pytest.fixture
def safe(app, session):
    client = app.test_client()
    client.person = people.safeguarding_lead(session)
    client.sign_in(client.person)
    return client


def how(by):
    return {"by": by, "at": clock.now(), "scheme": build.scheme()}


def said(page):
    return " ".join(page.get_text(" ").split())


def test_it_goes_to_the_circle_and_the_raiser_sees_only_that_it_was_sent_on(
    session, desk, home, safe, parts, case
):
    answer = desk.send(f"{home}/worry", words=WORDS, follow=True)
    assert "It was sent on" in said(soup(answer))
    assert WORDS not in said(desk.page(home))
    mails = [m for m in session.scalars(select(OutboxMail)) if m.kind == "review/safeguarding"]
    assert [m.address for m in mails] == [
        build.scheme().safeguarding.lead.email, build.scheme().safeguarding.deputy.email
    ]  # fmt: skip
    assert not [m for m in mails if "coach" in str(m.facts) or case.reference in str(m.facts)]
    flag = session.scalars(select(Flag)).one()
    assert "New" in said(safe.page("/safeguarding/"))
    assert WORDS in said(safe.page(f"/safeguarding/{flag.reference}"))
    assert safe.send(f"/safeguarding/{flag.reference}", press="I have seen it").status_code == 303
    closed = safe.send(
        f"/safeguarding/{flag.reference}", press="Close it", outcome="With the LADO."
    )
    assert closed.status_code == 303
    assert "With the LADO." in said(safe.page(f"/safeguarding/{flag.reference}"))
    assert case.organisation.name in said(safe.page("/safeguarding/", show="closed"))


def test_the_chain_does_not_say_who(session, parts):
    build.flagged(session, parts[0], WORDS)
    wanted = select(AuditEntry.actor).where(AuditEntry.subject.like("safeguarding_flag:%"))
    assert set(session.scalars(wanted)) == {"system:safeguarding"}


def test_one_of_the_circle_who_is_tied_leaves_it_to_the_other(session, safe, group, parts, case):
    from steering import actions as ties

    flag = build.flagged(session, parts[0], WORDS)
    ties.note_tie(
        session, safe.person, case.organisation, "trustee", by=group.officer, at=clock.now()
    )
    session.commit()
    assert safe.get(f"/safeguarding/{flag.reference}").status_code == 404
    assert case.organisation.name not in said(safe.page("/safeguarding/"))


def test_it_holds_the_case_before_the_panel_with_a_sentence_that_says_nothing(session, group):
    case = build.case_at(session, group, FACT_CHECK)
    by = case.allocations[0].person
    flag = actions.raise_one(session, case, WORDS, **how(by))
    build._checked(session, group, case)
    assert case.state == MODERATION
    with pytest.raises(Refused) as refused:
        build._moderated(session, group, case)
    assert refused.value.reasons == [
        "This case has to wait a little. We tell you when it can go on."
    ]
    actions.close(session, flag, "Done.", **how(people.safeguarding_lead(session)))
    build._moderated(session, group, case)


def test_the_days_it_was_open_are_not_counted(session, case, parts):
    closed, due = build.scheme().closed, case.due_on
    flag = build.flagged(session, parts[0], WORDS)
    began = clock.today()
    clock.freeze(clock.now() + timedelta(days=7))
    actions.close(session, flag, "Done.", **how(people.safeguarding_lead(session)))
    lost = working_days.left(began, clock.today(), closed)
    assert working_days.left(due, case.due_on, closed) == lost == 5
    session.commit()


def test_two_that_overlap_stop_the_clock_once():
    now = clock.now()

    def flag(raised, closed):
        days = [None if n is None else now + timedelta(days=n) for n in (raised, closed)]
        return SimpleNamespace(raised_at=days[0], closed_at=days[1])

    before, first, second = flag(0, 1), flag(2, 5), flag(4, 9)
    assert actions.stood_since(second, [before, first, second]) == first.raised_at
    assert actions.stood_since(before, [before, first, second]) == before.raised_at


def test_a_question_does_not_end_while_one_is_open(app, session, parts):
    from tests.review.desk.test_questions import run_jobs

    asked = build.asked(session, parts[0], "A1")
    build.flagged(session, parts[0], WORDS)
    clock.freeze(clock.begins(asked.due_on) + timedelta(days=3))
    run_jobs(app)
    session.refresh(asked)
    assert asked.closed_at is None


def test_no_clock_runs_out_while_one_is_open(session, group, case, parts):
    """Neither a late assessor's, nor that of the facts."""
    from review.allocation.jobs import do
    from review.report.jobs import _agree

    build.flagged(session, parts[0], WORDS)
    late = clock.now() + timedelta(days=120)
    do(session, parts[0].id, late)
    assert parts[0].state == "accepted"
    club = pledges.club(session, name="Another club")
    other = sending.sent(session, sending.ready(session, club))
    checked = build.case_at(session, group, FACT_CHECK, other)
    flag = build.flagged(session, checked.allocations[0], WORDS)
    _agree(session, checked.id, late)
    assert checked.state == FACT_CHECK
    actions.close(session, flag, "Done.", **how(people.safeguarding_lead(session)))
    _agree(session, checked.id, late)
    assert checked.state == MODERATION


def test_its_words_go_a_year_after_it_was_closed(session, parts):
    from review.flags.keeping import retention

    flag = build.flagged(session, parts[0], WORDS)
    actions.close(session, flag, "Done.", **how(people.safeguarding_lead(session)))
    session.commit()
    assert retention.due(session, clock.now() + timedelta(days=300)) == []
    later = clock.now() + timedelta(days=400)
    assert retention.due(session, later) == [flag.id]
    retention.take_away(session, flag.id, later)
    session.commit()
    assert (flag.words, flag.outcome) == ("", "")
