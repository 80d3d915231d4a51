"""Checking together: what is looked at, by whom, and what becomes of it."""

import pytest

from review.models import FindingChange
from review.moderation import actions
from review.report import facts
from review.states import MODERATION, PANEL, REPORT
from steering import actions as ties
from tests.builders import charter as pledges
from tests.builders import review as build
from web import clock


def words(page):
    return " ".join(page.main.get_text().split())


@pytest.fixture
def case(session, group):
    """Read two points apart in B1, and settled at 2."""
    case = build.read_unlike(session, group, B1=0)
    build._met(session, group, case)
    finding = next(f for f in case.report.findings if f.standard == "B1")
    finding.rating, finding.reason = 2, "The visit shows it."
    build.record(session, finding, "write", by=group.assessors[0], at=clock.now())
    from review.report.actions import recommend

    recommend(session, case, "foundation", by=group.assessors[0], at=clock.now())
    build._reported(session, group, case)
    lead = pledges.lead_of(case.organisation)
    facts.send(session, case, by=lead, at=clock.now(), scheme=build.scheme())
    session.commit()
    return case


def looked_at(case):
    return {f.standard: f.looked_at_why for f in case.report.findings if f.looked_at_why}


def test_what_was_read_far_apart_and_a_sample_is_put_before_a_lead(client, group, case):
    why = looked_at(case)
    assert why.pop("B1") == "difference"
    assert set(why.values()) == {"sample"}
    assert len(why) == 2  # a tenth of eleven
    client.sign_in(group.lead_assessor)
    assert case.organisation.name in words(client.page("/moderate/"))
    page = words(client.page(f"/moderate/{case.reference}"))
    assert "read far apart" in page
    assert "drawn by lot" in page
    assert "Some standards are still to be looked at." in page
    standard = words(client.page(f"/moderate/{case.reference}/standards/B1"))
    assert "I saw less." in standard
    assert all(person.name not in standard for person in group.assessors)


def test_from_looking_to_the_panel(client, session, group, case):
    here = f"/moderate/{case.reference}"
    client.sign_in(group.lead_assessor)
    assert client.send(f"{here}/standards/B1", rating="1").status_code == 422
    lower = client.send(f"{here}/standards/B1", rating="1", reason="Nobody was asked.")
    assert lower.status_code == 303
    for key in looked_at(case):
        if key != "B1":
            assert client.send(f"{here}/standards/{key}", rating="stands").status_code == 303
    assert client.send(here, press="Pass it on to the panel").status_code == 303
    session.refresh(case)
    assert (case.state, case.report.moderated_by_id) == (PANEL, group.lead_assessor.id)
    assert {f.standard: f.final for f in case.report.findings}["B1"] == 1
    assert client.get(here).status_code == 404


def test_a_lower_essential_lowers_what_is_recommended_and_back_again(session, group, case):
    at_a1 = build.OneStandard(
        case,
        case.framework.by_key["A1"],
        next(f for f in case.report.findings if f.standard == "A1"),
    )
    who = {"by": group.lead_assessor, "at": clock.now()}
    actions.settle(session, at_a1, 1, "No poster.", **who)
    assert (case.report.level, at_a1.finding.looked_at_why is not None) == (None, True)
    actions.settle(session, at_a1, None, "", **who)
    assert case.report.level == "foundation"


def test_facts_are_answered_before_it_goes_on(session, client, group, case):
    build.with_a_fact(session, case)
    build.looked_at(session, group, case)
    session.commit()
    client.sign_in(group.lead_assessor)
    assert "are not answered" in words(client.page(f"/moderate/{case.reference}"))
    assert client.post_raw(f"/moderate/{case.reference}/pass-on", {}).status_code == 422
    session.expire_all()
    assert case.state == MODERATION


def test_back_to_the_report_with_a_note_and_looked_at_anew(client, session, group, case):
    here = f"/moderate/{case.reference}"
    client.sign_in(group.lead_assessor)
    client.send(f"{here}/standards/B1", rating="1", reason="Nobody was asked.")
    assert client.send(f"{here}/back").status_code == 422
    assert client.send(f"{here}/back", note="Look at B1 again.").status_code == 303
    session.refresh(case)
    assert case.state == REPORT
    assert looked_at(case) == {}
    (change,) = session.query(FindingChange).all()
    assert (change.field, change.before, change.why) == ("moderated_rating", "1", "back")
    client.sign_in(group.assessors[0])
    assert "Look at B1 again." in words(client.page(f"/assess/{case.reference}/report/"))
    client.sign_in(pledges.lead_of(case.organisation))
    own = f"/my/organisations/{case.organisation.slug}/quality/cases/{case.reference}"
    assert "Look at B1 again." not in words(client.page(own))


def test_who_took_part_or_is_tied_sees_nothing_of_it(client, session, group, case):
    ties.note_tie(
        session, group.lead_assessor, case.organisation, "trustee", by=group.officer,
        at=clock.now(),
    )  # fmt: skip
    session.commit()
    for person, queue in ((group.lead_assessor, 200), (group.assessors[0], 403)):
        client.sign_in(person)
        assert client.get(f"/moderate/{case.reference}").status_code == 404
        assert client.get("/moderate/").status_code == queue
    client.sign_in(group.lead_assessor)
    assert case.organisation.name not in words(client.page("/moderate/"))
    client.sign_in(group.second_lead)
    assert client.get(f"/moderate/{case.reference}").status_code == 200
