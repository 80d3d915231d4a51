"""The panel's pages: who sees what, and from pack to release by hand."""

import pytest
from sqlalchemy import event

from review import states
from review.panel import meetings, voting
from steering.actions import note_tie
from steering.youth import supporting
from tests.builders import panel as build
from web import clock


@pytest.fixture
def case(session, group):
    made = build.at_panel(session, group)
    session.commit()
    return made


def at(case, page=""):
    return f"/panel/{case.reference}{page}"


def text(client, address):
    return client.page(address).find("main").get_text(" ", strip=True)


def test_the_pack_opens_after_the_question_of_ties(client, session, group, case):
    client.sign_in(group.members["voluntary"][1])
    name = case.organisation.name
    assert f"{name} waits for your vote" in text(client, "/my/")
    assert "It takes about five minutes" not in text(client, "/my/")
    assert client.get(at(case)).location.endswith("/ties")
    assert client.send(at(case, "/ties")).status_code == 422
    client.send(at(case, "/ties"), said="none")
    page = text(client, at(case))
    assert "They ask for" in page
    assert "Checked together" in page
    client.send(at(case, "/vote"), choice="not yet")
    assert "You have voted" in text(client, at(case))
    client.send(at(case, "/vote"), choice=f"level:{case.level}", with_conditions="yes")
    session.expire_all()
    mine = [b for b in case.ballots if b.person_id == group.members["voluntary"][1].id]
    assert voting.vote_of(mine[0]).with_conditions
    assert "You have voted on all of them" in text(client, "/panel/")
    home = text(client, "/my/")
    assert "You have voted on one place" in home
    assert f"{name} waits" not in home


def test_who_stands_aside_reads_no_more_of_it(client, session, group, case):
    young = group.members["youth"][0]
    client.sign_in(young)
    page = text(client, at(case, "/ties"))
    assert "Do you go there, or know someone there?" in page
    client.send(at(case, "/ties"), said="stands aside")
    for page in ("", "/ties", "/vote"):
        assert client.get(at(case, page)).status_code == 404
    client.sign_in(group.deputies["youth"][0])
    assert client.get(at(case, "/ties")).status_code == 200


def test_a_young_members_pack_leads_with_young_people_and_has_no_reasons(
    client, session, group, case
):
    for finding in case.report.findings:
        finding.reason = "Priya Patel has no first aid."
    for ballot in build.ballots(case, "youth"):
        build.open_pack(session, ballot)
    session.rollback()
    client.sign_in(group.members["youth"][0])
    client.send(at(case, "/ties"), said="none")
    page = client.page(at(case))
    headings = [h.get_text(strip=True) for h in page.find("main").find_all(["h2"])]
    assert headings[0] == "What young people say"
    assert case.report.plain in page.get_text()
    assert case.report.summary not in page.get_text()

    client.sign_in(group.supporter)
    page = text(client, "/my/supporting/")
    assert "Something is waiting for them." in page
    assert case.organisation.name not in page
    tie = {"by": group.officer, "at": clock.now()}
    note_tie(session, group.supporter, case.organisation, "trustee", **tie)
    session.commit()
    assert "is waiting" not in text(client, "/my/supporting/")
    told = {one.person_id for one in supporting.reminders(session, clock.now())}
    assert group.officer.id in told, "nobody else could stand in"
    assert group.supporter.id not in told


def test_nobody_sees_a_vote_before_the_vote_is_closed(client, session, group, case):
    voter = build.ballots(case, "agency")[1]
    build.vote(session, voter, voting.Choice("not yet", reason="They hide something."))
    session.commit()
    watchers = {
        group.chair: [f"/chair/{case.reference}", f"/chair/{case.reference}/close", at(case)],
        group.officer: [f"/team/cases/{case.reference}", f"/team/decisions/{case.reference}/guest"],
        group.members["youth"][0]: [at(case)],
    }
    for person, addresses in watchers.items():
        client.sign_in(person)
        for address in addresses:
            page = client.get(address, follow_redirects=True).get_data(as_text=True)
            assert "They hide something." not in page
            assert voter.person.name not in page
    client.sign_in(voter.person)
    assert "They hide something." in client.get(at(case, "/vote")).get_data(as_text=True)


def test_the_chair_closes_writes_and_an_officer_tells(client, session, group, case):
    chair, where = group.chair, f"/chair/{case.reference}"
    client.sign_in(chair)
    assert client.send(f"{where}/close").status_code == 422
    build.all_vote(session, case)
    session.commit()
    assert client.send(f"{where}/close").status_code == 303
    assert "Before it can be told" in text(client, where)
    client.send(f"{where}/why", why="It is a good place.")
    key = case.standards[0].key
    client.send(f"{where}/standards/{key}", why="We saw it.", next_step="Ask more.")
    assert client.get(f"{where}/answer").status_code == 404
    client.sign_in(group.officer)
    page = client.page("/team/decisions/")
    for row in page.find_all("input", type="checkbox"):
        assert not row.has_attr("disabled")
    client.send("/team/decisions/", cases=case.reference)
    session.expire_all()
    assert case.state == states.ENDORSED
    client.sign_in(chair)
    client.send(f"{where}/undo", note="A mistake.")
    session.expire_all()
    assert case.state == states.PANEL


def test_a_tie_is_put_to_the_chair(client, session, group, case):
    for number, ballot in enumerate(build.ballots(case)):
        build.vote(session, ballot, voting.Choice("not yet") if number % 2 else None)
    session.commit()
    client.sign_in(group.chair)
    answer = client.send(f"/chair/{case.reference}/close")
    assert answer.status_code == 422
    assert "casting" in answer.get_data(as_text=True)
    data = {"casting": "-1:no"}
    assert client.post_raw(f"/chair/{case.reference}/close", data).status_code == 303


def test_a_meeting_has_an_agenda_and_minutes(client, session, group, case):
    client.sign_in(group.officer)
    client.send("/meetings/new", on="3 May 2027", hour="17:30", place="Town hall")
    meeting = meetings.everything(session)[0]
    where = f"/meetings/{meeting.reference}"
    client.send(f"{where}/agenda", cases=case.reference)
    for person, says in (
        (group.chair, "See the meeting"),
        (group.members["youth"][0], "See what you vote on"),
    ):
        client.sign_in(person)
        home = text(client, "/my/")
        assert "The next meeting: 3 May 2027, 17:30 Town hall. One place is on the agenda." in home
        assert says in home
        assert ("What you chair One place is voted on." in home) == (person is group.chair)
    client.sign_in(group.officer)
    decision = build.staged(session, group, case)
    assert decision.meeting_id == meeting.id
    there = [group.chair.id, group.members["youth"][0].id]
    client.send(f"{where}/held", present=there, notes="We had tea.")
    said = client.get(f"{where}/minutes.txt").get_data(as_text=True)
    assert case.organisation.name in said
    assert "We had tea." in said
    assert group.chair.name in said
    assert group.members["youth"][0].name not in said
    assert "Town hall" in text(client, f"{where}/minutes")
    assert client.get("/meetings/nothing").status_code == 404


def test_the_pack_asks_the_database_a_fixed_number_of_times(app, client, session, group, case):
    member = group.members["youth"][1]
    client.sign_in(member)
    client.send(at(case, "/ties"), said="none")
    client.get(at(case))
    asked = []
    engine = app.extensions["database"].pinned
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    client.get(at(case))
    reads = [one for one in asked if not one.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(reads) <= 12, "\n\n".join(reads)


def test_a_guest_is_asked_for_this_case(client, session, group, case):
    from tests.builders import people

    guest = people.person(session, "Gail Guest")
    session.commit()
    client.sign_in(group.officer)
    where = f"/team/decisions/{case.reference}/guest"
    assert client.send(where, email="nobody@example.org", group="agency").status_code == 422
    assert client.send(where, email=guest.email, group="agency").status_code == 303
    client.sign_in(guest)
    assert client.get(at(case, "/ties")).status_code == 200
    assert client.get("/panel/").status_code == 403
