"""The report: what readings say together, who writes it, and what the organisation checks."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.actions import colleagues
from endorsement.framework.reading import read
from review.models import Condition, FactPoint, FindingChange
from review.moderation.choosing import chosen
from review.report import facts, settling
from review.report.jobs import jobs
from review.report.reading_age import reading_age
from review.states import FACT_CHECK, MODERATION, REPORT, VISIT
from tests.builders import accounts, people
from tests.builders import charter as pledges
from tests.builders import review as build
from web import clock
from web.settings import ROOT


@dataclass
class Said:
    rating: int | None = None
    does_not_apply: bool = False
    reason: str = ""
    next_step: str = ""
    standard: str = "A1"

    @property
    def final(self):
        return self.rating


NA = Said(does_not_apply=True)
DEFAULT = read(ROOT / "content" / "framework.toml")


def all_at(point, **other):
    return [Said(other.get(s.key, point), standard=s.key) for s in DEFAULT.standards]


# Pure


@pytest.mark.once
@pytest.mark.parametrize(
    ("readings", "differ", "apart", "agreed"),
    [
        ([], False, 0, None),
        ([Said(2)], False, 0, (2, False)),
        ([Said(2), Said(2)], False, 0, (2, False)),
        ([Said(2), Said(3)], True, 1, None),
        ([Said(1), Said(3), Said(2)], True, 2, None),
        ([NA, Said(2)], True, 2, None),
        ([NA, NA], False, 0, (None, True)),
        ([Said(None), Said(2)], False, 0, (2, False)),
    ],
)
def test_what_readings_say_together(readings, differ, apart, agreed):
    assert settling.differ(readings) is differ
    assert settling.points_apart(readings) == apart
    assert settling.agreed(readings) == agreed


@pytest.mark.once
@pytest.mark.parametrize(
    ("readings", "finding", "owed"),
    [
        ([Said(2), Said(2)], Said(None), ["rating"]),
        ([Said(2), Said(2)], Said(2), []),
        ([Said(2), Said(3)], Said(3), ["reason"]),
        ([Said(2), Said(3)], Said(3, reason="We saw it."), []),
        ([Said(2), Said(2)], Said(3), ["reason"]),
        ([Said(1), Said(1)], Said(1), ["next step"]),
        ([Said(0), Said(2)], Said(0), ["reason", "next step"]),
        ([NA, NA], NA, []),
        ([NA, Said(2)], NA, ["reason"]),
    ],
)
def test_what_a_finding_still_needs(readings, finding, owed):
    assert settling.owed(readings, finding) == owed


@pytest.mark.once
def test_no_more_is_recommended_than_findings_reach_or_was_sought():
    assert settling.highest(DEFAULT, "full", all_at(3), "excellent") == "excellent"
    assert settling.highest(DEFAULT, "full", all_at(3), "foundation") == "foundation"
    assert settling.highest(DEFAULT, "full", all_at(2), "excellent") == "foundation"
    assert settling.highest(DEFAULT, "full", all_at(3, A1=1), "excellent") is None


@pytest.mark.once
@pytest.mark.parametrize(
    ("level", "before", "now", "then"),
    [
        ("established", "established", "foundation", "foundation"),
        ("foundation", "foundation", "established", "established"),
        ("foundation", "established", "excellent", "foundation"),
        ("established", "excellent", "foundation", "foundation"),
        (None, "established", "excellent", None),
        (None, None, "foundation", "foundation"),
        ("foundation", "foundation", None, None),
    ],
)
def test_the_recommendation_follows_the_findings(level, before, now, then):
    assert settling.following(DEFAULT, level, before, now) == then


@pytest.mark.once
def test_no_condition_stands_for_an_essential_that_is_not_in_place():
    findings = {"A1": Said(1), "A2": Said(2), "C3": Said(1)}
    may = [settling.may_have_condition(DEFAULT, key, findings) for key in findings]
    assert may == [False, True, True]


@pytest.mark.once
def test_the_sample_can_be_drawn_again_and_nobody_chooses_it():
    keys = [s.key for s in DEFAULT.standards]
    apart = {"B1": 2, "C1": 3, "D1": 1}
    first = chosen(keys, apart, 10, "seal")
    assert first == chosen(list(reversed(keys)), apart, 10, "seal")
    assert {key for key, why in first.items() if why == "difference"} == {"B1", "C1"}
    assert sum(why == "sample" for why in first.values()) == 2  # a tenth of 19, and one at least
    drawn = {tuple(sorted(chosen(keys, {}, 10, str(n)))) for n in range(20)}
    assert len(drawn) > 5
    assert chosen(keys, {}, 0, "seal") == {}


@pytest.mark.once
def test_how_old_one_must_be_to_read_a_text():
    easy = "It is a good place. They say hello to you. You can choose what you do. It feels safe."
    hard = (
        "Notwithstanding considerable organisational improvement, multi-agency accountability "
        "arrangements necessitate additional strategic consideration."
    )
    assert reading_age("Too short.") is None
    assert reading_age(easy) <= 9
    assert reading_age(hard) > 16


# Pages


def words(page):
    return " ".join(page.main.get_text().split())


@pytest.fixture
def case(session, group):
    """Read unlike in A1 and B1, before it is met."""
    case = build.read_unlike(session, group, A1=3, B1=0)
    build._met(session, group, case)
    session.commit()
    return case


@pytest.fixture
def here(case):
    return f"/assess/{case.reference}/report"


@pytest.fixture
def at_work(client, group, case):
    client.sign_in(group.assessors[0])
    return client


def settle(client, here):
    for key, rating in (("A1", "2"), ("B1", "2")):
        answer = client.send(f"{here}/standards/{key}", rating=rating, reason="The visit shows it.")
        assert answer.status_code == 303
    plain = "They say hello to you. You can choose what you do there. It feels safe and warm."
    assert client.send(f"{here}/words", summary="They do well.", plain=plain).status_code == 303


def test_what_all_say_alike_is_taken_over_and_what_differs_owes_a_reason(at_work, here, case):
    page = words(at_work.page(f"{here}/"))
    assert "far apart" in page
    settled = {f.standard: f.rating for f in case.report.findings}
    assert settled.pop("A1") is None
    assert settled.pop("B1", None) is None
    assert set(settled.values()) == {2}
    at_work.send(f"{here}/standards/A1", rating="2")
    assert "say why" in words(at_work.page(f"{here}/send"))
    assert at_work.post_raw(f"{here}/send", {}).status_code == 422


def test_from_writing_to_the_facts_and_the_answer(at_work, client, session, group, case, here):
    settle(at_work, here)
    assert "Easy to read from about age" in words(at_work.page(f"{here}/words"))
    assert "Foundation" in words(at_work.page(f"{here}/level"))
    condition = at_work.send(
        f"{here}/conditions", standard="B1", what="Ask again.", by_on="1 June 2027"
    )
    assert condition.status_code == 303
    late = at_work.send(f"{here}/conditions", standard="B1", what="Later.", by_on="1 June 2028")
    assert late.status_code == 422
    assert at_work.send(f"{here}/send").status_code == 303
    session.refresh(case)
    assert (case.state, case.report.with_conditions) == (FACT_CHECK, True)
    assert at_work.get(f"{here}/words").status_code == 403
    lead = pledges.lead_of(case.organisation)
    own = f"/my/organisations/{case.organisation.slug}/quality/cases/{case.reference}/report"
    client.sign_in(lead)
    page = words(client.page(own))
    assert "The visit shows it." in page
    assert "I saw less." not in page
    assert all(person.name not in page for person in (*group.assessors, group.lead_assessor))
    assert client.send(f"{own}/facts/B1", text="We have two ramps, not one.").status_code == 303
    assert client.send(f"{own}/facts/whole", text="We began in 2011.").status_code == 303
    client.sign_in(group.assessors[0])
    assert "two ramps" not in words(client.page(f"/assess/{case.reference}/facts/"))
    client.sign_in(lead)
    assert client.send(f"{own}/send").status_code == 303
    session.refresh(case)
    assert case.state == MODERATION
    _answered(client, session, group, case)
    client.sign_in(lead)
    page = words(client.page(own))
    assert "Changed in the report." in page
    assert "It stands." in page


def _answered(client, session, group, case):
    client.sign_in(group.assessors[1])
    answers = f"/assess/{case.reference}/facts"
    first = client.send(f"{answers}/1", accepted="yes", answer="You are right.", rating="3")
    assert first.status_code == 303
    assert client.send(f"{answers}/2", accepted="no", answer="It says so.").status_code == 303
    assert client.get(f"{answers}/1").status_code == 403
    changes = session.scalars(select(FindingChange)).all()
    assert [(c.field, c.before, c.after, c.why) for c in changes] == [("rating", "2", "3", "fact")]
    assert "What it was before" in words(
        client.page(f"/assess/{case.reference}/report/standards/B1")
    )


def test_both_assessors_write_one_standard_at_once(at_work, client, group, session, case, here):
    page = at_work.page(f"{here}/standards/A1")
    opened = page.select_one("input[name=opened]")["value"]
    client.sign_in(group.assessors[1])
    client.send(f"{here}/standards/A1", rating="3", reason="Three, since we saw it.")
    client.sign_in(group.assessors[0])
    mine = {"rating": "2", "reason": "Two, since a part is new.", "opened": opened}
    answer = client.post_raw(f"{here}/standards/A1/typed", mine)
    assert answer.status_code == 409
    answer = client.post_raw(f"{here}/standards/A1", mine)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "Three, since we saw it." in text
    assert "Two, since a part is new." in text


def test_nobody_else_reads_the_report_and_nobody_before_all_have_read(client, session, group):
    case = build.case_at(session, group, VISIT)
    here = f"/assess/{case.reference}/report/"
    for person in (group.assessors[0], group.assessors[2], group.lead_assessor, group.officer):
        client.sign_in(person)
        assert client.get(here).status_code == 404
    build._met(session, group, case)
    session.commit()
    client.sign_in(group.assessors[0])
    assert client.get(here).status_code == 200
    client.sign_in(group.assessors[2])
    assert client.get(here).status_code == 404


def test_an_editor_writes_and_a_lead_sends(client, session, group):
    case = build.case_at(session, group, FACT_CHECK)
    club = case.organisation
    asked = accounts.invitation(session, club, "eddie@example.org", "editor")
    eddie = people.person(session, "Eddie")
    asked.email = eddie.email
    colleagues.accept_invitation(session, asked, by=eddie, at=clock.now())
    session.commit()
    own = f"/my/organisations/{club.slug}/quality/cases/{case.reference}/report"
    client.sign_in(eddie)
    assert client.send(f"{own}/facts/A1", text="It is the other way.").status_code == 303
    assert client.get(f"{own}/send").status_code == 403


def test_silence_is_agreement_and_a_draft_stays_their_own(app, session, group, client):
    case = build.case_at(session, group, FACT_CHECK)
    lead, due = pledges.lead_of(case.organisation), case.due_on
    own = f"/my/organisations/{case.organisation.slug}/quality/cases/{case.reference}/report"
    client.sign_in(lead)
    client.send(f"{own}/facts/A1", text="Never sent.")
    (job,) = jobs
    late = clock.now() + timedelta(days=(due - clock.today()).days)
    clock.freeze(late)
    assert job.run.find(session, clock.now(), 0) == []
    clock.freeze(late + timedelta(days=1))
    assert job.run.find(session, clock.now(), 0) == [case.id]
    job.run.do(session, case.id, clock.now())
    session.commit()
    session.refresh(case)
    assert (case.state, case.events[-1].verb) == (MODERATION, "silence agrees")
    assert session.scalars(select(FactPoint.sent_at)).all() == [None]
    client.sign_in(group.assessors[0])
    assert "Never sent." not in words(client.page(f"/assess/{case.reference}/facts/"))
    client.sign_in(lead)
    assert "not sent in time" in words(client.page(own))
    job.run.do(session, case.id, clock.now())
    assert case.state == MODERATION


def test_a_condition_is_taken_out_again(at_work, session, case, here):
    settle(at_work, here)
    at_work.send(f"{here}/conditions", standard="B1", what="Ask again.", by_on="1 June 2027")
    assert at_work.send(f"{here}/", press="Take it out: Ask again.").status_code == 303
    assert session.scalars(select(Condition.state)).all() == ["dropped"]


def test_sending_again_after_it_came_back_checks_the_facts_again(session, group):
    case = build.case_at(session, group, MODERATION)
    build._move(session, "back to the report", case, group.lead_assessor, note="Look at A1.")
    assert case.state == REPORT
    build._reported(session, group, case)
    assert (case.state, case.report.facts_answered_at) == (FACT_CHECK, None)
    facts.send(
        session, case, by=pledges.lead_of(case.organisation), at=clock.now(), scheme=build.scheme()
    )
    assert case.state == MODERATION
    assert date(2027, 3, 1) < case.due_on
