"""Two organisations become one; within a day everything can be put back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import colleagues, merging
from accounts.models import Membership, Merger, Organisation, Project
from charter import states
from tests.builders import accounts as build
from tests.builders import charter as pledges
from tests.builders.people import officer, person
from tests.client import soup
from web import clock
from web.audit.verify import verify
from web.database import Base
from web.workflow import Refused

PAGE = "/team/organisations/harbour-youth/merge/quayside-kids"
ASIDE = (
    "audit_entry", "audit_head", "audit_value", "outbox_mail", "edition", "organisation_event",
    "merger", "attempt_count", "parked_form",
)  # fmt: skip
"""What tells of the merger itself."""
COUNTS = ("version",)
"""How often a row was saved."""


def words(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def harbour(session):
    made = build.checked_organisation(session, person(session, "Hana"), name="Harbour Youth")
    build.place(session, build.project(session, made, "Friday night"))
    return made


@pytest.fixture
def quayside(session, harbour):
    """People in both, somebody of its own, projects, and everything that can wait."""
    lead = person(session, "Quinn", "quinn@example.org")
    made = build.checked_organisation(session, lead, name="Quayside Kids")
    both = build.member(session, harbour, "viewer", "Bea Both")
    for club, role in ((made, "lead"),):
        asked = build.invitation(session, club, both.email, role)
        colleagues.accept_invitation(session, asked, by=both, at=clock.now())
        session.commit()
    build.member(session, made, "editor", "Ed Own")
    build.place(session, build.project(session, made, "Friday night"))
    build.place(session, build.project(session, made, "Kitchen table"))
    build.invitation(session, made, "waits@example.org")
    build.invitation(session, made, "twice@example.org")
    build.invitation(session, harbour, "twice@example.org")
    asker, twice = person(session, "Asa"), person(session, "Toni")
    build.asks_to_join(session, made, asker)
    for club in (harbour, made):
        build.asks_to_join(session, club, twice)
    mine = next(m for m in made.memberships if m.person.name == "Ed Own")
    build.offers_lead(session, made, mine)
    return made


@pytest.fixture
def petra(session):
    return officer(session, "Petra")


@pytest.fixture
def team(client, petra):
    client.sign_in(petra)
    return client


def rows(session) -> dict[str, list[tuple]]:
    """All there is, but for what tells of the merger."""
    session.expire_all()
    return {
        table.name: sorted(
            (tuple((c.name, v) for c, v in zip(table.columns, row, strict=True)
                   if c.name not in COUNTS) for row in session.execute(select(table))),
            key=repr,
        )
        for table in Base.metadata.sorted_tables
        if table.name not in ASIDE
    }  # fmt: skip


def roles(session, club) -> dict[str, str]:
    session.expire_all()
    wanted = select(Membership).where(
        Membership.organisation_id == club.id, Membership.ended_at.is_(None)
    )
    return {m.person.name: m.role for m in session.scalars(wanted)}


def test_the_preview_says_it_in_sentences(team, harbour, quayside):
    said = words(team.get(PAGE))
    for sentence in (
        "2 people of Quayside Kids come to Harbour Youth",
        "One person belongs to both and keeps the higher",
        "2 projects come to Harbour Youth, with their places.",
        "Open invitations and requests to join come along.",
        "Its public address and its old links lead to Harbour Youth.",
        "You can undo it for 24 hours.",
    ):
        assert sentence in said


def test_merging(app, team, session, harbour, quayside, fetch_mail):
    fetch_mail()
    answer = team.send(PAGE, "Merge them")
    assert answer.status_code == 303
    assert roles(session, harbour) == {
        "Hana": "lead", "Bea Both": "lead", "Quinn": "lead", "Ed Own": "editor",
    }  # fmt: skip
    assert roles(session, quayside) == {}
    assert quayside.state == "closed"
    names = sorted(session.scalars(select(Project.name).where(Project.organisation == harbour)))
    assert names == ["Friday night", "Friday night (Quayside Kids)", "Kitchen table"]
    told = {m.to for m in fetch_mail() if m.kind == "accounts/merged"}
    assert {"quinn@example.org", build.lead_of(harbour).email} <= told
    quinn = app.test_client()
    quinn.sign_in(next(m.person for m in harbour.memberships if m.person.name == "Quinn"))
    assert (
        quinn.get("/my/organisations/quayside-kids").location == "/my/organisations/harbour-youth"
    )
    assert "Quayside Kids” became part of it." in words(
        quinn.get("/my/organisations/harbour-youth/history")
    )


def test_undone_everything_is_exactly_as_it_was(app, session, harbour, quayside, petra):
    before = rows(session)
    merger = build.merger(session, petra, harbour, quayside)
    assert rows(session) != before
    clock.freeze(clock.now() + timedelta(hours=23))
    merging.undo(session, merger, by=petra, at=clock.now(), parts=build.merge_parts())
    session.commit()
    assert rows(session) == before
    key = app.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []


def test_a_pledged_one_leads_on_in_public_and_comes_back(client, app, session, petra, harbour):
    pledges.pledge(session, states.LIVE, organisation=harbour)
    gone = pledges.club(session, person(session, "Gil"), "Gone Club")
    pledges.pledge(session, states.LIVE, organisation=gone)
    if merging.in_the_way(session, harbour, gone, build.merge_parts()):
        pytest.skip("two live pledges stand in each other's way")
    merger = build.merger(session, petra, harbour, gone)
    public = app.test_client()
    answer = public.get("/organisations/gone-club")
    assert (answer.status_code, answer.location) == (301, "/organisations/harbour-youth")
    assert "Gone Club" not in words(public.get("/register"))
    merging.undo(session, merger, by=petra, at=clock.now(), parts=build.merge_parts())
    session.commit()
    assert public.get("/organisations/gone-club").status_code == 200
    assert "Gone Club" in words(public.get("/register"))


def test_after_a_day_it_stays(team, session, harbour, quayside, petra):
    merger = build.merger(session, petra, harbour, quayside)
    page = f"/team/mergers/{merger.reference}"
    assert "You can undo it until" in words(team.get(page))
    clock.freeze(clock.now() + timedelta(hours=24, seconds=1))
    assert "It could be undone until" in words(team.get(page))
    answer = team.post_raw(page, {})
    assert answer.status_code == 422
    assert "too late" in words(answer)
    assert quayside.state == "closed"


def test_what_changed_since_stands_in_the_way(team, session, harbour, quayside, petra):
    merger = build.merger(session, petra, harbour, quayside)
    ed = next(m for m in harbour.memberships if m.person.name == "Ed Own")
    hana = next(m.person for m in harbour.memberships if m.person.name == "Hana")
    colleagues.end_membership(session, ed, by=hana, at=clock.now())
    session.commit()
    before = rows(session)
    answer = team.post_raw(f"/team/mergers/{merger.reference}", {})
    assert answer.status_code == 422
    assert "Ed Own" in words(answer)
    assert "changed since" in words(answer)
    assert rows(session) == before, "refused: nothing is half undone"


def test_pressed_twice_the_second_is_told_who_was_quicker(team, session, harbour, quayside):
    assert team.post_raw(PAGE, {}).status_code == 303
    answer = team.post_raw(PAGE, {})
    assert answer.status_code == 409
    assert "Petra merged it into Harbour Youth on 2 March 2027" in words(answer)
    assert len(session.scalars(select(Merger)).all()) == 1


def test_undone_twice(team, session, harbour, quayside, petra):
    merger = build.merger(session, petra, harbour, quayside)
    page = f"/team/mergers/{merger.reference}"
    assert team.send(page, "Undo the merger").status_code == 303
    answer = team.post_raw(page, {})
    assert answer.status_code == 422
    assert "undone already" in words(answer)


def test_what_cannot_be_merged(team, session, harbour, quayside, petra):
    same = team.get("/team/organisations/harbour-youth/merge/harbour-youth")
    assert "one and the same" in words(same)
    build.merger(session, petra, harbour, quayside)
    assert "is closed already" in words(team.get(PAGE))
    with pytest.raises(Refused):
        build.merger(session, petra, quayside, harbour)
    session.rollback()


def test_an_officer_of_one_of_them_cannot(app, session, harbour, quayside):
    tied = officer(session, "Tina Tied")
    asked = build.invitation(session, quayside, tied.email, "viewer")
    colleagues.accept_invitation(session, asked, by=tied, at=clock.now())
    session.commit()
    browser = app.test_client()
    browser.sign_in(tied)
    assert browser.post_raw(PAGE, {}).status_code == 403
    assert session.scalars(select(Merger)).all() == []


def test_a_chain_of_mergers_leads_to_the_last(app, session, harbour, quayside, petra):
    last = pledges.club(session, person(session, "Lou"), "Last Club")
    pledges.pledge(session, states.LIVE, organisation=last)
    build.merger(session, petra, harbour, quayside)
    build.merger(session, petra, last, harbour)
    answer = app.test_client().get("/organisations/quayside-kids")
    assert (answer.status_code, answer.location) == (301, "/organisations/last-club")


# Closing


def test_closing_and_opening_again(client, team, session, fetch_mail):
    club = pledges.club(session, person(session, "Lou", "lou@example.org"), "Old Mill Boxing")
    pledges.pledge(session, states.LIVE, organisation=club)
    fetch_mail()
    page = "/team/organisations/old-mill-boxing/close"
    assert "Say why." in words(team.send(page, "Close it"))
    assert team.send(page, "Close it", why="They have stopped.").status_code == 303
    (mail,) = fetch_mail()
    assert (mail.to, "They have stopped." in mail.body) == ("lou@example.org", True)
    assert client.application.test_client().get("/organisations/old-mill-boxing").status_code == 404
    assert team.send(page, "Open it again").status_code == 303
    assert client.application.test_client().get("/organisations/old-mill-boxing").status_code == 200
    team.send(page, "Close it", why="They have stopped.")
    clock.freeze(clock.now() + timedelta(hours=25))
    assert "too late" in words(team.get(page))
    assert "too late" in words(
        team.post_raw(page.replace("close", "open-again"), {}, follow_redirects=True)
    )
    session.expire_all()
    assert session.get_one(Organisation, club.id).state == "closed"
