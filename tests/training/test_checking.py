"""Checking records: by whom, which ones, and ten in a row."""

from datetime import timedelta

import pytest

from accounts.actions import colleagues
from tests.builders import accounts, people
from tests.builders import training as build
from tests.charter.counting import statements
from tests.client import soup
from tests.training.conftest import TEAM
from tests.web.files import making
from training.models import TrainingRecord
from training.records import actions
from training.states import PRIOR
from web import clock

CHECKS = f"{TEAM}/checks"


@pytest.fixture
def win(session, organisation):
    return build.worker(session, organisation)


def fresh(session, record):
    session.expire_all()
    return session.get_one(TrainingRecord, record.id)


def leaves(session, organisation, person):
    standing = accounts.membership(session, organisation, person)
    lead = accounts.lead_of(organisation)
    colleagues.end_membership(session, standing, by=lead, at=clock.now())
    session.commit()


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def test_a_lead_confirms_and_the_next_one_follows(session, at_work, win, organisation, lead):
    records = [build.entered(session, win, module) for module in ("W1", "W2", "W3")]
    at_work.get(CHECKS)
    for record, following in zip(records, [*records[1:], None], strict=True):
        answer = at_work.send(f"{CHECKS}/{record.reference}", press="Confirm")
        after = f"{CHECKS}/{following.reference}" if following else CHECKS
        assert answer.location.endswith(after)
        found = fresh(session, record)
        assert (found.state, found.checked_by_id) == ("checked", lead.id)
        assert found.checked_for_id == organisation.id
    page = at_work.get(CHECKS)
    assert "Confirmed: Win Wood, Safe working and boundaries." in words(page)
    assert "Nothing waits to be checked. Who must do what in the next 90 days" in words(page)


def test_it_is_returned_with_a_note(session, at_work, win):
    record = build.entered(session, win)
    address = f"{CHECKS}/{record.reference}"
    empty = at_work.send(address, press="Return with a note")
    assert empty.status_code == 422
    assert "Write what they should put right." in words(empty)
    at_work.send(address, press="Return with a note", note="The day is another one.")
    found = fresh(session, record)
    assert (found.state, found.events[-1].note) == ("returned", "The day is another one.")


@pytest.mark.parametrize(("decision", "state"), [("yes", "recognised"), ("no", "refused")])
def test_prior_learning_is_decided_with_a_reason(session, at_work, win, lead, decision, state):
    record = build.entered(session, win, how=PRIOR)
    address = f"{CHECKS}/{record.reference}"
    save = {"press": "Save your decision", "decision": decision}
    assert at_work.send(address, **save).status_code == 422
    at_work.send(address, **save, reason="She led ours for years.")
    found = fresh(session, record)
    assert (found.state, found.checked_by_id) == (state, lead.id)
    assert found.reason == "She led ours for years."


def test_nobody_checks_their_own(session, at_work, lead, organisation):
    build.with_roles(session, lead, organisation, "manager")
    own = build.entered(session, lead)
    assert own.reference not in at_work.get(CHECKS).text
    assert at_work.get(f"{CHECKS}/{own.reference}").status_code == 403
    assert at_work.post_raw(f"{CHECKS}/{own.reference}/confirm", {}).status_code == 403


def test_an_editor_checks_and_a_viewer_does_not(session, organisation, win, browser):
    record = build.entered(session, win)
    viewer = accounts.member(session, organisation, "viewer", "Vi Poole")
    editor = accounts.member(session, organisation, "editor", "Sam Reid")
    address = f"{CHECKS}/{record.reference}"
    assert browser(viewer).get(CHECKS).status_code == 403
    assert browser(viewer).get(address).status_code == 403
    browser(editor).send(address, press="Confirm")
    assert fresh(session, record).checked_by_id == editor.id


def test_what_the_role_does_not_need_is_seen_only_when_it_is_shown(
    session, at_work, win, organisation
):
    record = build.entered(session, win, "M2")
    address = f"{CHECKS}/{record.reference}"
    assert at_work.get(address).status_code == 404
    assert record.reference not in at_work.get(CHECKS).text
    mine = build.practitioner(session, win)
    actions.show_modules(session, mine, organisation, ["M2"], by=win, at=clock.now())
    session.commit()
    assert at_work.get(address).status_code == 200
    assert record.reference in at_work.get(CHECKS).text


def test_a_former_manager_and_a_lead_elsewhere_know_of_nothing(
    session, organisation, win, lead, browser
):
    record = build.entered(session, win)
    former = accounts.member(session, organisation, "editor", "Fay Former")
    leaves(session, organisation, former)
    other = accounts.lead_of(accounts.checked_organisation(session, name="Otters"))
    session.commit()
    for who in (former, other):
        for page in (CHECKS, f"{CHECKS}/{record.reference}"):
            assert browser(who).get(page).status_code == 404
    elsewhere = CHECKS.replace("kites-youth-club", "otters")
    assert browser(other).get(f"{elsewhere}/{record.reference}").status_code == 404


def test_who_left_is_not_seen_any_more(session, at_work, organisation, win):
    record = build.entered(session, win)
    leaves(session, organisation, win)
    assert at_work.get(f"{CHECKS}/{record.reference}").status_code == 404


def test_the_charter_team_checks_anybodys(session, win, browser):
    record = build.entered(session, win, "M2")
    desk = browser(people.officer(session))
    assert "Win Wood" in words(desk.get("/team/training/checks"))
    desk.send(f"/team/training/checks/{record.reference}", press="Confirm")
    assert fresh(session, record).checked_for_id is None


def test_two_who_decide_at_once(session, at_work, win, browser):
    record = build.entered(session, win)
    desk = browser(people.officer(session))
    desk.send(f"/team/training/checks/{record.reference}", press="Confirm")
    page = at_work.get(f"{CHECKS}/{record.reference}")
    assert "Confirm" not in [b.get_text(strip=True) for b in soup(page).select("button")]
    token = soup(page).select_one("input[name=csrf_token]")["value"]
    late = at_work.post_raw(f"{CHECKS}/{record.reference}/confirm", {"csrf_token": token})
    assert late.status_code == 303
    assert "This cannot be done while it is" in at_work.get(late.location).text


def test_the_certificate_stands_beside_it(session, at_work, win):
    record = build.entered(session, win, certificate=making.picture())
    address = f"{CHECKS}/{record.reference}"
    page = soup(at_work.get(address))
    picture = page.select_one("img.app-evidence__page")
    confirm = page.select_one("form[action$='/confirm']")
    assert confirm in picture.find_all_next("form"), "one sees it first, on a phone too"
    assert at_work.get(picture["src"]).mimetype == "image/webp"
    file = at_work.get(f"{address}/certificate")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert at_work.get(f"{address}/certificate/2").status_code == 404


def test_a_file_that_is_never_kept_is_destroyed_as_it_goes_back(session, at_work, win):
    record = build.entered(session, win, certificate=making.picture())
    address = f"{CHECKS}/{record.reference}"
    at_work.send(
        address, press="Return with a note", note="Send the certificate alone.", destroy="y"
    )
    found = fresh(session, record)
    assert (found.state, found.file.destroyed_at) == ("returned", clock.now())


def test_the_list_costs_the_same_with_three_and_with_forty(app, session, at_work, win):
    def cost():
        at_work.get(CHECKS)
        with statements(app) as said:
            assert at_work.get(CHECKS).status_code == 200
        return len(said)

    days = [clock.today() - timedelta(days=n) for n in range(40)]
    for day in days[:3]:
        build.entered(session, win, on=day)
    before = cost()
    for day in days[3:]:
        build.entered(session, win, on=day)
    assert cost() <= before
