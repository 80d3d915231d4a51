"""From a released decision to the award in public, and all that may happen to it."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from charter.models import RegisterEntry
from endorsement.sending.verifying import differences
from review import keeping, keeping_sent
from review.award import credentials, jobs, making, queries
from review.models import Award
from review.panel import releasing
from review.panel.voting import Choice
from steering.models.seats import CONSTITUENCIES
from tests.accounts.test_erasing import unsound
from tests.builders import panel as build
from tests.builders import quality as frameworks
from tests.builders.accounts import lead_of
from tests.builders.review import scheme
from tests.charter.conftest import nothing_kept  # noqa: F401 - public pages are kept here too
from web import clock
from web.audit import record
from web.credentials.verifying import Verdict, verify
from web.workflow import Refused


@pytest.fixture
def award(session, group):
    decision = build.released(session, group)
    session.commit()
    found = queries.standing_of(session, decision.case.organisation_id)
    assert found is not None
    return found


def here(award):
    return f"/organisations/{award.organisation.slug}"


def own(organisation):
    return f"/my/organisations/{organisation.slug}/quality/award"


def moved(session, award, name, by, note="A worry that we look into."):
    making.move(session, award, name, by=by, at=clock.now(), scheme=scheme(), note=note)
    session.commit()


def entry(session):
    session.expire_all()
    return session.scalars(select(RegisterEntry)).one()


def test_releasing_makes_it_for_three_years(award):
    assert (award.state, award.level) == ("live", "foundation")
    assert (award.from_on, award.until_on) == (date(2027, 3, 2), date(2030, 3, 2))
    assert award.next_check_on == date(2028, 3, 2)
    assert award.checked_how.startswith(("call ", "visit ", "drop-in "))


def test_releasing_twice_makes_one(session, award):
    again = making.award(
        session, award.decision, by="system:review", at=clock.now(), scheme=scheme()
    )
    assert again is award


def test_none_is_made_on_text_that_nobody_agreed(session, group):
    frameworks.framework(session, code="2027")
    decision = build.staged(session, group)
    build.written(session, decision, group.chair)
    with pytest.raises(Refused, match="example text"):
        releasing.release(session, decision.case, **build.who(group.officer))


def test_the_register_and_the_pages_say_so(session, client, award):
    assert entry(session).level == "Foundation"
    page = client.page(here(award))
    assert "Quality award: Foundation, until 2 March 2030." in page.text
    page = client.page(f"{here(award)}/award")
    assert "Then they met people there" in page.text
    assert "2 March 2027" in page.text
    assert client.get(f"{here(award)}/award/certificate.pdf").data.startswith(b"%PDF")


def test_the_level_stays_when_the_entry_is_written_anew(session, award):
    award.organisation.about = "We mend bikes."
    record(session, award.organisation, "change", by="system:test", at=clock.now())
    session.commit()
    assert entry(session).level == "Foundation"


@pytest.mark.parametrize("face", ["", "?face=dark", "?face=none"])
def test_the_badge_is_a_picture_that_other_sites_may_show(client, award, face):
    got = client.get(f"{here(award)}/badge.svg{face}")
    assert got.status_code == 200
    assert got.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert got.headers["ETag"]
    drawn = ElementTree.fromstring(got.text)
    assert "Foundation" in "".join(drawn.itertext())
    assert "style" not in got.text


@pytest.mark.once
def test_a_name_of_any_signs_is_shown_as_it_is(session, client, award):
    name = 'Tea & "Cake" <b>Club</b> d\'Or'
    award.organisation.name = name
    record(session, award.organisation, "change", by="system:test", at=clock.now())
    session.commit()
    copied = client.page(f"{here(award)}/award").select_one("pre.snippet code").get_text()
    snippet = BeautifulSoup(copied, "html.parser")
    assert snippet.img["alt"] == f"Award of {name}"
    assert snippet.img["src"].endswith(f"{here(award)}/badge.svg")
    assert [tag.name for tag in snippet.find_all()] == ["a", "picture", "source", "img"]
    drawn = ElementTree.fromstring(client.get(f"{here(award)}/badge.svg").text)
    assert f"{name}: Foundation" in "".join(drawn.itertext())


def test_a_pause_is_in_public_at_once(session, client, group, award):
    before = client.get(f"{here(award)}/badge.svg").text
    moved(session, award, "pause", group.officer)
    assert award.review_on is not None
    assert entry(session).level is None
    now = client.get(f"{here(award)}/badge.svg").text
    assert now != before
    assert "not current" in now
    assert "Not current" in client.page(f"{here(award)}/award").text
    for gone in ("certificate.pdf", "credential.json"):
        assert client.get(f"{here(award)}/award/{gone}").status_code == 404
    moved(session, award, "go on", group.officer)
    assert entry(session).level == "Foundation"


def test_the_credential_is_checked_and_revoked(session, client, group, award):
    sent = client.get(f"{here(award)}/award/credential.json").data
    held = credentials.current(session, award, at=clock.now())
    assert held is not None
    assert json.loads(sent) == held.document
    assert verify(session, sent, at=clock.now()).verdict is Verdict.VALID
    changed = sent.replace(b"Foundation", b"Excellent")
    assert verify(session, changed, at=clock.now()).verdict is Verdict.CHANGED
    moved(session, award, "end", group.officer)
    assert verify(session, sent, at=clock.now()).verdict is Verdict.REVOKED
    assert credentials.current(session, award, at=clock.now()) is None


def test_the_clock_ends_it_on_the_day_after_its_last(session, award):
    (job,) = jobs.jobs
    clock.freeze(clock.begins(award.until_on))
    assert job.run.find(session, clock.now(), 0) == []
    clock.freeze(clock.begins(award.until_on + timedelta(days=1)))
    assert job.run.find(session, clock.now(), 0) == [award.id]
    job.run.do(session, award.id, clock.now())
    session.commit()
    assert award.state == "ended"
    job.run.do(session, award.id, clock.now())
    assert [event.verb for event in award.events] == ["award", "run out"]


def test_taking_the_decision_back_ends_it(session, group, award):
    releasing.take_back(
        session, award.case, "We counted wrongly.",
        by=group.chair, at=clock.now(), scheme=scheme(),
    )  # fmt: skip
    session.commit()
    assert award.state == "ended"
    assert entry(session).level is None


def test_what_is_over_does_not_move(session, group, award):
    moved(session, award, "end", group.officer)
    for name in ("pause", "go on", "end", "check"):
        with pytest.raises(Refused):
            moved(session, award, name, group.officer)


# Pages


def test_an_officer_pauses_it_with_a_reason(session, client, group, award):
    client.sign_in(group.officer)
    at = f"/team/awards/{award.reference}"
    assert client.page("/team/awards/").find(string=award.organisation.name)
    assert client.send(at, "Save", move="pause", note="").status_code == 422
    assert client.send(at, "Save", move="nonsense", note="x").status_code == 422
    assert client.send(at, "Save", move="pause", note="A worry.").status_code == 303
    session.expire_all()
    assert award.state == "paused"


def test_a_lead_makes_the_yearly_check_and_an_officer_reads_it(session, client, group, award):
    client.sign_in(lead_of(award.organisation))
    assert client.send(own(award.organisation), "Send the yearly check").status_code == 422
    sent = client.send(
        own(award.organisation), "Send the yearly check", still_true="yes", words="A new hall."
    )
    assert sent.status_code == 303
    client.sign_out()
    client.sign_in(group.officer)
    at = f"/team/awards/{award.reference}"
    assert "A new hall." in client.page(at).text
    clock.freeze(clock.begins(date(2028, 2, 1)))
    assert client.send(at, "Save", move="check").status_code == 303
    session.expire_all()
    assert award.next_check_on == date(2029, 2, 1)


def test_a_club_without_an_award_has_a_page_that_says_so(session, client, group):
    case = build.at_panel(session, group)
    place = f"/organisations/{case.organisation.slug}"
    client.sign_in(lead_of(case.organisation))
    assert "You have no award yet" in client.page(own(case.organisation)).text
    assert client.get(f"{place}/award").status_code == 404
    assert client.get(f"{place}/badge.svg").status_code == 404


def test_the_digest_reminds_of_the_check_and_of_the_end(session, award):
    from review.award.reminding import reminders

    def said(day):
        return [r.key.split(":", 2)[2] for r in reminders(session, clock.begins(day))]

    assert said(date(2027, 6, 1)) == []
    assert said(date(2028, 2, 5)) == ["check:2028-03-02"]
    assert "ends" in said(date(2029, 10, 1))


def test_a_merger_is_not_undone_over_an_award_that_was_given_since(session, award):
    moved = {"cases": [award.case_id], "awards": []}
    with pytest.raises(Refused, match="an award since"):
        keeping.undo(session, award.organisation, None, moved, by=None, at=clock.now())


def test_what_was_sent_is_kept_for_the_award_and_one_cycle_more(session, client, group, award):
    rule, sent = keeping_sent.retention, award.case.submission
    root = sent.root
    clock.freeze(clock.begins(date(2033, 3, 2)) + timedelta(hours=9))
    assert rule.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=1))
    assert rule.due(session, clock.now()) == [sent.id]
    assert rule.since(session, sent.id) == sent.sent_at
    rule.take_away(session, sent.id, clock.now())
    session.commit()
    session.expire_all()
    assert rule.due(session, clock.now()) == []
    assert {(i.content, i.salt) for i in sent.items} == {(None, None)}
    assert (sent.declared_name, sent.root) == ("", root)
    assert list(differences(sent, root)) == []
    assert unsound(session) == []
    client.sign_in(lead_of(award.organisation))
    mine = f"/my/organisations/{award.organisation.slug}/quality"
    for page in ("submissions/%s", "submissions/%s/record", "cases/%s", "cases/%s/outcome"):
        assert client.page(f"{mine}/{page}" % sent.reference).select_one("h1"), page
    client.sign_in(group.officer)
    for page in ("/team/submissions/%s", "/team/cases/%s"):
        assert client.page(page % sent.reference).select_one("h1"), page


def test_what_was_sent_and_refused_is_kept_for_two_years(session, group):
    against = dict.fromkeys(CONSTITUENCIES, Choice("not yet"))
    decision = build.released(session, group, **against)
    sent = decision.case.submission
    assert decision.case.state == "not yet"
    clock.freeze(clock.now() + timedelta(days=729))
    assert keeping_sent.retention.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=3))
    assert keeping_sent.retention.due(session, clock.now()) == [sent.id]


def test_awards_stay_in_the_database_one_at_a_time(session, award):
    assert len(session.scalars(select(Award)).all()) == 1
