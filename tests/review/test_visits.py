"""The call or visit: what the level asks, how young assessors are kept safe, and their sheet."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from review.models import VisitSheet
from review.states import REPORT, VISIT
from review.visits import actions, rules
from review.visits.actions import Planned
from review.visits.questions import questions
from review.visits.reminding import reminders
from steering import actions as ties
from tests.builders import review as build
from web import clock
from web.mail import OutboxMail

DAY = date(2027, 4, 20)


@pytest.fixture
def case(session, group):
    return build.case_at(session, group, VISIT)


@pytest.fixture
def at_work(client, group, case):
    client.sign_in(group.assessors[0])
    return client


def arranged(session, group, case, young=None):
    come = group.young if young is None else young
    made = actions.arrange(
        session, case, Planned("visit" if come else "call", DAY, "Two of us", come),
        by=group.assessors[0], at=clock.now(),
    )  # fmt: skip
    session.commit()
    return made


def reminded(session):
    """Who is told of a sheet that they have not sent."""
    return {reminder.person_id for reminder in reminders(session, clock.now())}


def words(page):
    return " ".join(page.main.get_text().split())


@pytest.mark.once
@pytest.mark.parametrize(
    ("young", "kind", "fine"),
    [((), "call", True), ((), "visit", True), ("a", "visit", False), ("ab", "visit", True),
     ("ab", "call", False), ("ab", "drop-in", True)],
)  # fmt: skip
def test_young_assessors_go_in_twos_and_never_call(young, kind, fine):
    assert (rules.go_together(young, kind) is True) is fine


def test_from_arranging_to_the_report(at_work, session, group, case):
    here = f"/assess/{case.reference}/visits"
    assert "Have a call or drop in" in words(at_work.page(here))
    answer = at_work.send(f"{here}/arrange", kind="call", on="20 April 2027", who="Two of us")
    assert answer.status_code == 303
    told = session.scalars(select(OutboxMail).where(OutboxMail.kind == "review/visit-arranged"))
    assert len(told.all()) == 1
    assert at_work.post_raw(f"{here}/met", {}).status_code == 422
    session.expire_all()
    (visit,) = case.visits
    record = f"/assess/visits/{visit.reference}/record"
    assert at_work.send(record, seen="").status_code == 422
    assert at_work.send(record, seen="They know what to do.").status_code == 303
    assert at_work.send(here, press="Go on to the report").status_code == 303
    session.refresh(case)
    assert case.state == REPORT
    assert at_work.get(record).status_code == 403


def test_the_page_says_how_young_assessors_are_kept_safe_and_asks_for_each_tick(
    at_work, session, group, case
):
    visit = arranged(session, group, case)
    record = f"/assess/visits/{visit.reference}/record"
    assert "kept safe" in words(at_work.page(record))
    ticked = {"two": "y", "in_sight": "y", "no_tie": "y"}
    for missing in ticked:
        told = {name: value for name, value in ticked.items() if name != missing}
        assert at_work.send(record, seen="A hall.", **told).status_code == 422
    assert at_work.send(record, seen="A hall.", **ticked).status_code == 303
    session.refresh(visit)
    assert visit.young_kept_safe


def test_one_young_assessor_alone_is_refused_and_the_tied_are_not_offered(
    at_work, session, group, case
):
    here = f"/assess/{case.reference}/visits/arrange"
    alone = at_work.send(here, kind="visit", on="20 April 2027", young=[str(group.young[0].id)])
    assert alone.status_code == 422
    ties.note_tie(
        session, group.young[1], case.organisation, "relative", by=group.officer, at=clock.now()
    )
    session.commit()
    assert group.young[1].name not in words(at_work.page(here))


def test_a_sheet_is_its_own_persons_until_it_is_sent_and_then_stays(client, session, group, case):
    visit = arranged(session, group, case)
    first, second = group.young
    here = f"/assess/sheets/{visit.reference}"
    stars = {f"stars_{q.key}": "4" for q in questions()}
    client.sign_in(first)
    assert client.send(here, press="Send it", minutes="90").status_code == 422
    saved = client.send(here, press="Save for later", words_safe="A dark corner", **stars)
    assert saved.status_code == 303
    client.sign_in(group.assessors[0])
    page = words(client.page(f"/assess/{case.reference}/visits"))
    assert "A dark corner" not in page
    client.sign_in(first)
    assert client.send(here, press="Send it", minutes="90").status_code == 303
    assert "A dark corner" in words(client.page(here))
    client.post_raw(here, {"then": "send", "minutes": "5"})
    client.sign_in(group.assessors[0])
    assert "A dark corner" in words(client.page(f"/assess/{case.reference}/visits"))
    client.send(f"/assess/{case.reference}/visits", press="Say thank you")
    client.sign_in(first)
    assert "Thank you for your 90 minutes" in words(client.page(here))
    assert "You gave 90 minutes" in words(client.page("/assess/sheets"))
    client.sign_in(second)
    assert "A dark corner" not in words(client.page(here))
    for other in (group.members["youth"][0], group.lead_assessor):
        client.sign_in(other)
        assert client.get(here).status_code == 404


def test_a_tie_found_late_takes_the_sheet_away(client, session, group, case):
    visit = arranged(session, group, case)
    young = group.young[0]
    assert reminded(session) == set(), "the visit is still to come"
    clock.freeze(clock.now() + timedelta(days=60))
    assert reminded(session) == {person.id for person in group.young}
    ties.note_tie(
        session, young, case.organisation, "stands aside", by=group.officer, at=clock.now()
    )
    session.commit()
    assert reminded(session) == {group.young[1].id}
    client.sign_in(young)
    assert client.get(f"/assess/sheets/{visit.reference}").status_code == 404
    assert case.organisation.name not in words(client.page("/assess/sheets"))


def test_who_does_not_come_after_all_leaves_no_sheet(session, group, case):
    visit = arranged(session, group, case)
    actions.change(
        session, visit, Planned("drop-in", DAY, "", ()), by=group.assessors[0], at=clock.now()
    )
    session.commit()
    assert session.scalars(select(VisitSheet)).all() == []
