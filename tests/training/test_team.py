"""The team's pages: what is seen, by whom, and at what cost."""

from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

from openpyxl import load_workbook
from sqlalchemy import select

from accounts.actions import colleagues
from tests.builders import accounts
from tests.builders import training as build
from tests.charter.counting import statements
from tests.client import soup
from tests.training.conftest import TEAM
from training import versions
from training.records import actions
from training.rules import ALL
from training.team import looking, queries
from training.team.panels import team_panels
from training.team.reminding import reminded_here
from web import clock
from web.mail.models import DigestReader, OutboxMail
from web.mail.writing import write


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def team_of(session, organisation):
    return queries.team(session, organisation, versions.newest(session).pathways, clock.today())


def cells(response):
    """By name, by module, what the table says."""
    table = soup(response).select_one(".app-team table")
    return {
        row.th.find(string=True).strip(): {
            cell["data-module"].split()[0]: cell.strong.get_text(" ", strip=True)
            for cell in row.select("td[data-module]")
        }
        for row in table.select("tbody tr")
    }


def test_each_cell_has_a_mark_a_word_and_a_colour(session, at_work, organisation):
    win = build.worker(session, organisation)
    build.checked(session, win, "W1")
    build.checked(session, win, "W3", clock.today() - timedelta(days=3 * 365 - 20))
    build.checked(session, win, "W4", date(2020, 1, 1))
    build.entered(session, win, "K1")
    page = at_work.get(TEAM)
    said = cells(page)["Win Wood"]
    assert said["W1"] == "✓ In date"
    assert (said["W3"], said["W4"]) == ("! Due", "× Ran out")
    assert (said["K1"], said["W2"]) == ("? To check", "○ Not started")
    assert soup(page).select_one("td .govuk-tag--red")


def test_only_what_the_role_needs_and_what_was_chosen_is_seen(session, at_work, organisation):
    win = build.worker(session, organisation)
    for module in ("M2", "M4"):
        build.checked(session, win, module)
    assert not {"M2", "M4"} & set(cells(at_work.get(TEAM))["Win Wood"])
    mine = build.practitioner(session, win)
    actions.show_modules(session, mine, organisation, ["M2"], by=win, at=clock.now())
    session.commit()
    assert {"M2", "M4"} & set(cells(at_work.get(TEAM))["Win Wood"]) == {"M2"}
    actions.show_modules(session, mine, organisation, [ALL], by=win, at=clock.now())
    session.commit()
    assert {"M2", "M4"} <= set(cells(at_work.get(TEAM))["Win Wood"])


def test_what_is_shown_to_one_organisation_another_does_not_see(session, organisation):
    other = accounts.checked_organisation(session, name="Otters")
    win = build.worker(session, organisation)
    invited = accounts.invitation(session, other, win.email, "viewer")
    colleagues.accept_invitation(session, invited, by=win, at=clock.now())
    session.commit()
    mine = build.with_roles(session, win, other, "trustee")
    actions.show_modules(session, mine, organisation, [ALL], by=win, at=clock.now())
    session.commit()
    (here,), (there,) = team_of(session, organisation), team_of(session, other)
    pathways = versions.newest(session).pathways
    assert here.seen == frozenset(pathways.by_key)
    assert there.seen == pathways.asked_of("trustee")


def test_filters_by_role_status_and_project(session, at_work, organisation, browser):
    build.worker(session, organisation, "volunteer", name="Vera")
    tom = build.worker(session, organisation, "trustee", name="Tom")
    build.checked(session, tom, "W1")
    assert set(cells(at_work.get(f"{TEAM}?role=trustee"))) == {"Tom"}
    assert set(cells(at_work.get(f"{TEAM}?status=in+date"))) == {"Tom"}
    for name in ("Skate park", "Night bus"):
        accounts.project(session, organisation, name)
    browser(tom).send(f"/my/training/roles/{organisation.slug}", projects=["skate-park"])
    entered = {"name": "Una", "roles": ["volunteer"], "projects": ["night-bus"]}
    at_work.send(f"{TEAM}/volunteers/new", **entered)
    assert set(cells(at_work.get(f"{TEAM}?project=skate-park"))) == {"Tom"}
    assert set(cells(at_work.get(f"{TEAM}?project=night-bus"))) == {"Una"}
    assert set(cells(at_work.get(f"{TEAM}?project=no"))) == {"Tom", "Vera", "Una"}
    assert set(cells(at_work.get(f"{TEAM}?role=wizard&status=no"))) == {"Tom", "Vera", "Una"}
    assert "Nobody is like that." in words(at_work.get(f"{TEAM}?role=manager"))


def test_who_must_do_what_in_90_days(session, at_work, organisation):
    tom = build.worker(session, organisation, "trustee", name="Tom")
    for module in ("W1", "M5"):
        build.checked(session, tom, module)
    build.checked(session, tom, "W2", clock.today() - timedelta(days=365 - 80))
    (member,) = team_of(session, organisation)
    assert [t.standing.module.key for t in member.tasks()][:1] == ["W2"]
    said = words(at_work.get(f"{TEAM}/next"))
    assert "Tom" in said
    assert "by 21 May 2027" in said


def test_what_waits_for_a_check_is_not_theirs_to_do(session, organisation):
    tom = build.worker(session, organisation, "trustee", name="Tom")
    build.entered(session, tom, "W1")
    (member,) = team_of(session, organisation)
    assert "W1" not in {t.standing.module.key for t in member.tasks()}


def test_gaps_by_role(session, at_work, organisation):
    tom = build.worker(session, organisation, "trustee", name="Tom")
    build.worker(session, organisation, "trustee", name="Tess")
    for module in ("W1", "W2", "M5"):
        build.checked(session, tom, module)
    (gap,) = looking.gaps(versions.newest(session).pathways, team_of(session, organisation))
    assert (gap.people, gap.ready) == (2, 1)
    assert "1 of 2 have all that this role needs." in words(at_work.get(f"{TEAM}/gaps"))


def test_the_spreadsheet_takes_no_formula(session, at_work, organisation):
    win = build.worker(session, organisation, name="=1+1")
    build.checked(session, win, "W1")
    page = load_workbook(BytesIO(at_work.get(f"{TEAM}/team.xlsx").data)).active
    assert (page["A2"].value, page["A2"].data_type) == ("=1+1", "s")
    assert page["C2"].value.startswith("In date")


def test_who_left_and_whose_role_ended_are_gone(session, organisation):
    win, vera = (build.worker(session, organisation, name=n) for n in ("Win", "Vera"))
    standing = accounts.membership(session, organisation, win)
    lead = accounts.lead_of(organisation)
    colleagues.end_membership(session, standing, by=lead, at=clock.now())
    actions.end_role(session, build.role_of(session, vera, organisation), by=vera, at=clock.now())
    session.commit()
    assert team_of(session, organisation) == []


def test_a_viewer_a_former_manager_and_a_lead_elsewhere(session, organisation, browser):
    build.worker(session, organisation)
    viewer = accounts.member(session, organisation, "viewer", "Vi Poole")
    former = accounts.member(session, organisation, "editor", "Fay Former")
    standing = accounts.membership(session, organisation, former)
    lead = accounts.lead_of(organisation)
    colleagues.end_membership(session, standing, by=lead, at=clock.now())
    other = accounts.lead_of(accounts.checked_organisation(session, name="Otters"))
    session.commit()
    for page in ("", "/next", "/gaps", "/team.xlsx"):
        assert browser(viewer).get(TEAM + page).status_code == 403
        assert browser(former).get(TEAM + page).status_code == 404
        assert browser(other).get(TEAM + page).status_code == 404


def test_the_panel_says_how_many_have_something_to_do(session, organisation, lead):
    assert (
        "Nobody has said yet"
        in team_panels(session, lead, [organisation])[organisation.id].sentence
    )
    for name in ("Ann", "Bea", "Cal"):
        build.worker(session, organisation, name=name)
    panel = team_panels(session, lead, [organisation])[organisation.id]
    assert panel.sentence == "3 people have something to do in the next 90 days."


def test_statements_stay_flat_from_two_people_to_thirty(app, session, at_work, organisation):
    def cost(page):
        at_work.get(page)
        with statements(app) as said:
            assert at_work.get(page).status_code == 200
        return len(said)

    pages = (TEAM, f"{TEAM}/next", f"{TEAM}/gaps", f"{TEAM}/team.xlsx", "/my/")
    for n in range(2):
        build.checked(session, build.worker(session, organisation, name=f"Ann {n}"), "W1")
    before = [cost(page) for page in pages]
    for n in range(28):
        win = build.worker(session, organisation, name=f"Bea {n}")
        for module in ("W1", "W3"):
            build.entered(session, win, module)
    assert [cost(page) for page in pages] <= before


def reminded(session):
    wanted = select(OutboxMail).where(OutboxMail.kind == "training/remind")
    return list(session.scalars(wanted.order_by(OutboxMail.id)))


def test_one_and_all_are_reminded_once_a_week(app, session, at_work, organisation):
    ann, bea = (build.worker(session, organisation, "trustee", name=n) for n in ("Ann", "Bea"))
    build.with_roles(session, accounts.lead_of(organisation), organisation, "trustee")
    at_work.send(f"{TEAM}/next", press="Remind Ann")
    assert [mail.person_id for mail in reminded(session)] == [ann.id]
    here, elsewhere = team_of(session, organisation), SimpleNamespace(name="Otters")
    assert set(reminded_here(session, organisation, here, clock.now())) == {ann.id}
    assert reminded_here(session, elsewhere, here, clock.now()) == {}
    at_work.send(f"{TEAM}/next", press="Remind all of them by email")
    assert [mail.person_id for mail in reminded(session)] == [ann.id, bea.id]
    said = at_work.get(f"{TEAM}/next")
    assert words(said).count("Reminded on 2 March 2027.") == 2
    assert "Remind all" not in said.text
    clock.freeze(clock.now() + timedelta(days=8))
    at_work.send(f"{TEAM}/next", press="Remind Ann")
    assert len(reminded(session)) == 3
    with app.test_request_context():
        letter = write(session, reminded(session)[0])
    assert "- Governance for trustees" in letter.body


def test_who_wants_no_reminders_gets_none(session, at_work, organisation):
    ann = build.worker(session, organisation, name="Ann")
    session.add(DigestReader(person_id=ann.id, off_since=clock.now()))
    session.commit()
    at_work.send(f"{TEAM}/next", press="Remind Ann")
    assert reminded(session) == []
    assert "they are left in peace" in at_work.get(f"{TEAM}/next").text


def test_nobody_of_another_team_is_reminded(session, at_work, organisation, browser):
    ann = build.worker(session, organisation, name="Ann")
    reference = build.practitioner(session, ann).reference
    other = accounts.checked_organisation(session, name="Otters")
    build.worker(session, other, name="Olu")
    elsewhere = browser(accounts.lead_of(other))
    address = "/my/organisations/otters/training/next"
    token = soup(elsewhere.get(address)).select_one("input[name=csrf_token]")["value"]
    answer = elsewhere.post_raw(f"{address}/remind", {"csrf_token": token, "who": reference})
    assert answer.status_code == 404
    assert reminded(session) == []
