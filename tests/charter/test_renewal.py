"""The next year: begun from the year before, and in its place the moment it is confirmed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from charter import actions, content, queries, states
from charter.models import PledgeOutcome, RegisterEntry
from tests.builders import charter as build
from tests.builders import people
from tests.charter.counting import statements
from tests.client import soup
from web import clock
from web.workflow import Refused


@pytest.fixture(autouse=True)
def version(session):
    return build.agreed_charter(session)


@pytest.fixture
def live(session):
    """On the register since 2 March 2027, due on 2 March 2028."""
    return build.pledge(session, states.LIVE)


def on(day):
    clock.freeze(clock.begins(date.fromisoformat(day)) + timedelta(hours=12))


def work(session):
    moved = actions.move_with_the_date(session, clock.now(), build.scheme())
    session.commit()
    return moved


def confirm(session, pledge):
    officer = people.officer(session)
    scheme = build.scheme()
    actions.confirm(session, pledge, by=officer, at=clock.now(), scheme=scheme, example=False)
    session.commit()


def entry_of(session, pledge):
    return session.get(RegisterEntry, pledge.organisation_id, populate_existing=True)


def test_it_can_be_begun_from_sixty_days_before(session, live, version):
    on("2028-01-01")
    with pytest.raises(Refused, match="too early to renew"):
        build.begun(session, live.organisation, version)
    session.rollback()
    on("2028-01-02")
    made = build.renewal(session, live)
    assert made.renews is live
    assert {a.text for a in made.actions} == {a.text for a in live.actions}
    assert made.projects == live.projects
    assert made.signatory_name == live.signatory_name
    assert made.details_seen_at is None
    assert made.least_actions == len(version.commitments)
    with pytest.raises(Refused, match="under way"):
        build.begun(session, live.organisation, version)


def test_it_says_how_each_action_went_and_has_one_for_each_commitment(session, live):
    on("2028-01-10")
    made = build.renewal(session, live)
    lead = build.lead_of(live.organisation)
    with pytest.raises(Refused) as refusal:
        actions.send(session, made, by=lead, at=clock.now(), scheme=build.scheme())
    said = " ".join(refusal.value.reasons)
    assert "Say how you did with what you promised: Keep us safe, " in said
    assert "Write at least 8 actions. You have written 3." in said
    build.fill(session, made)
    actions.send(session, made, by=lead, at=clock.now(), scheme=build.scheme())
    assert made.state == "sent"


def test_confirmed_early_it_goes_on_where_the_year_ends(session, live):
    on("2028-01-10")
    made = build.renewal(session, live, states.SENT)
    assert entry_of(session, live).due_on == date(2028, 3, 2)
    confirm(session, made)
    assert (live.state, made.state) == ("renewed", "live")
    assert (made.live_from, made.due_on) == (date(2028, 3, 2), date(2029, 3, 2))
    entry = entry_of(session, live)
    assert (entry.standing, entry.pledged_on) == ("current", date(2027, 3, 2))
    assert entry.due_on == date(2029, 3, 2)


def test_one_that_was_sent_in_time_keeps_the_old_one_however_long_we_take(session, live):
    on("2028-04-30")
    work(session)
    made = build.renewal(session, live, states.SENT)
    on("2028-08-30")
    assert work(session) == (0, 0)
    assert live.state == "due"
    confirm(session, made)
    assert (made.live_from, made.due_on) == (date(2028, 3, 2), date(2029, 3, 2))
    assert entry_of(session, live).pledged_on == date(2027, 3, 2)


def test_one_that_comes_back_late_is_not_lost_the_same_night(session, live):
    on("2028-04-30")
    work(session)
    made = build.renewal(session, live, states.SENT)
    on("2028-08-01")
    officer = people.officer(session)
    who = {"by": officer, "at": clock.now(), "scheme": build.scheme()}
    actions.return_with_notes(session, made, {"back-safe": "Say more."}, note="", **who)
    session.commit()
    assert work(session) == (0, 0)
    on("2028-08-15")
    assert work(session) == (0, 0)
    on("2028-08-16")
    assert work(session) == (0, 1)
    assert (live.state, made.state) == ("lapsed", "returned")
    build.fill(session, made)
    lead = build.lead_of(live.organisation)
    actions.send(session, made, by=lead, at=clock.now(), scheme=build.scheme())
    session.commit()
    on("2028-08-20")
    confirm(session, made)
    assert (live.state, made.state) == ("renewed", "live")
    assert (made.live_from, made.signed_since) == (date(2028, 8, 20), date(2028, 8, 20))
    assert entry_of(session, live).pledged_on == date(2028, 8, 20)


def test_a_draft_given_up_leaves_the_old_one_as_it_is(session, live):
    on("2028-01-10")
    made = build.renewal(session, live)
    lead = build.lead_of(live.organisation)
    actions.withdraw(session, made, by=lead, at=clock.now(), note="Later.")
    session.commit()
    assert live.state == "live"
    assert queries.newest_pledge(session, live.organisation) is live
    assert queries.newest_pledges(session, [live.organisation]) == {live.organisation_id: live}
    assert build.renewal(session, live).renews is live


def test_whoever_leaves_leaves_with_the_renewal(session, live):
    on("2028-01-10")
    made = build.renewal(session, live, states.SENT)
    officer = people.officer(session)
    actions.withdraw(session, live, by=officer, at=clock.now(), note="They asked.")
    session.commit()
    assert (live.state, made.state) == ("withdrawn", "withdrawn")
    assert entry_of(session, live) is None


def test_a_renewal_waits_while_the_year_before_is_paused(session, live):
    on("2028-01-10")
    made = build.renewal(session, live, states.SENT)
    officer = people.officer(session)
    who = {"by": officer, "at": clock.now(), "scheme": build.scheme()}
    actions.suspend(session, live, note="A worry.", **who)
    session.commit()
    with pytest.raises(Refused, match="is paused"):
        confirm(session, made)
    session.rollback()
    actions.restore(session, live, note="All is well.", **who)
    session.commit()
    confirm(session, made)
    assert live.state == "renewed"


def test_a_new_version_of_the_charter_is_shown_where_it_differs(session, live, client):
    changed = content.read(content.DEFAULT)
    first, *rest, last = changed.commitments
    texts = (first.model_copy(update={"explanation": "You are safe with us."}), *rest)
    new = changed.model_copy(
        update={
            "code": "2028",
            "agreed_by": "The Tuesday group",
            "agreed_on": date(2027, 12, 1),
            "commitments": (*texts, last.model_copy(update={"key": "fun", "title": "Have fun"})),
        }
    )
    on("2028-01-10")
    content.publish(session, new, by="system:test", at=clock.now())
    session.commit()
    made = build.renewal(session, live)
    assert made.charter_version.code == "2028"
    client.sign_in(build.lead_of(live.organisation))
    home = f"/my/organisations/{live.organisation.slug}/pledge"
    page = client.get(home).text
    assert "New in it: Have fun." in page
    assert "Changed: Keep us safe." in page
    assert f"No longer in it: {last.title}." in page
    one = soup(client.get(f"{home}/commitments/safe"))
    assert first.explanation in one.select_one("details").get_text()
    assert "new in the charter" in client.get(f"{home}/commitments/fun").text


def test_its_task_list_says_that_it_is_a_renewal_and_of_which_year(session, live, client):
    home = f"/my/organisations/{live.organisation.slug}/pledge"
    client.sign_in(build.lead_of(live.organisation))
    on("2028-01-10")
    build.renewal(session, live)
    page = client.page(home)
    assert page.h1.get_text() == "Renew your pledge: the year from 2 March 2028"
    assert page.title.get_text().startswith(page.h1.get_text())
    on("2028-06-01")
    work(session)
    session.commit()
    assert live.state == "lapsed"
    assert client.page(home).h1.get_text() == "Renew your pledge"


def test_the_pages_lead_through_it(session, live, client):
    on("2028-01-10")
    organisation = live.organisation
    client.sign_in(build.lead_of(organisation))
    home = f"/my/organisations/{organisation.slug}/pledge"
    assert "Renew your pledge" in client.get(home).text
    begun = client.post_raw(home, {})
    assert begun.status_code == 303
    tasks = client.get(home).text
    assert "How did you do?" in tasks
    assert "due on 2 March 2028" in tasks
    assert "Your renewal: not sent yet" in client.get("/my/").text
    assert "Go on with your renewal" in client.get("/my/").text
    back = f"{home}/looking-back/safe"
    assert "Two of us stand at the door" in client.get(back).text
    typed = {"how": "partly", "text": "On most nights, but not when it rained.", "then": "list"}
    hidden = {
        i["name"]: i.get("value", "")
        for i in soup(client.get(back)).select("form#part [type=hidden]")
    }
    assert client.post_raw(back, {**hidden, **typed}).status_code == 303
    said = session.scalars(select(PledgeOutcome)).one()
    assert (said.how, said.text) == ("partly", typed["text"])
    answer = client.post_raw(back, {**hidden, "how": "kept", "text": "Yes."})
    assert answer.status_code in (200, 422)
    assert client.get(f"{home}/looking-back/choice").status_code == 404


def test_the_team_sees_last_year_beside_this_one_and_the_public_how_it_went(
    session, live, client, app
):
    on("2028-01-10")
    made = build.renewal(session, live, states.SENT)
    officer = people.officer(session)
    client.sign_in(officer)
    desk = soup(client.get(f"/team/pledges/{made.reference}")).main.get_text(" ")
    assert "Last year" in desk
    assert "We did it each week of the year." in desk
    assert "We kept it" in desk
    public = f"/organisations/{live.organisation.slug}"
    assert "We did it each week" not in app.test_client().get(public).text
    confirm(session, made)
    shown = app.test_client().get(public).text
    assert "What they said last year, and how it went" in shown
    assert "We did it each week of the year." in shown
    assert "Signed since 2 March 2027" in shown


def test_a_page_costs_the_same_however_much_was_promised(session, app, client):
    counts = []
    for written in (dict(list(build.GOOD.items())[:3]), None):
        on("2027-03-02")
        every = {c.key: build.GOOD["safe"] for c in queries.current_charter(session).commitments}
        pledge = build.pledge(session, states.LIVE, written=written or every)
        on("2028-01-10")
        build.renewal(session, pledge, states.SENT)
        confirm(session, queries.newest_pledge(session, pledge.organisation))
        address = f"/organisations/{pledge.organisation.slug}"
        with statements(app) as said:
            assert app.test_client().get(address).status_code == 200
        counts.append(len(said))
    assert counts[0] == counts[1]
