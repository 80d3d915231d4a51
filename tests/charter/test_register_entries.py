"""The register says what the facts say, in the transaction that changes them."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions import organisations as acts
from accounts.actions import projects
from charter import actions, register, states
from charter.jobs import jobs
from charter.models import RegisterEntry
from charter.models.register import RegisterEntryPiece
from charter.public import nearly
from tests.builders import charter as build
from tests.builders import people
from web import clock
from web.audit import record
from web.edition import CURRENT
from web.folding import fold, sort_key
from web.mail import OutboxMail
from web.references import LETTERS, drawn_from, new_reference


@pytest.fixture
def version(session):
    return build.agreed_charter(session)


def entries(session):
    session.expire_all()
    return session.scalars(select(RegisterEntry).order_by(RegisterEntry.sort_key)).all()


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("draft", []),
        ("sent", []),
        ("returned", []),
        ("live", ["current"]),
        ("due", ["current"]),
        ("lapsed", ["not current"]),
        ("suspended", ["not current"]),
        ("withdrawn", []),
    ],
)
def test_a_state_stands_in_public_as_it_should(session, version, state, standing):
    build.pledge(session, state)
    assert [e.standing for e in entries(session)] == standing


def test_an_entry_holds_what_the_public_may_know(session, version):
    club = build.club(session, name="The Kîtes", areas=["mansfield", "ashfield"])
    build.pledge(session, states.LIVE, organisation=club)
    (entry,) = entries(session)
    assert (entry.slug, entry.name, entry.sort_key) == ("the-kites", "The Kîtes", "kites")
    assert entry.area_keys == ["ashfield", "mansfield"]
    assert entry.commitment_keys == ["safe", "respect", "heard"]
    assert (entry.charter_code, entry.level) == ("2027", None)
    assert entry.search_key == "the kites ashfield mansfield"
    assert sorted(row.area for row in entry.areas) == ["ashfield", "mansfield"]
    assert {row.commitment for row in entry.commitments} == {"safe", "respect", "heard"}


def test_a_change_of_the_organisation_is_told_at_once(session, version, monkeypatch):
    """Its level too, whoever says it (review.award)."""
    pledge = build.pledge(session, states.LIVE)
    lead, organisation = build.lead_of(pledge.organisation), pledge.organisation
    monkeypatch.setattr(register, "_levels", [lambda _session, _organisation: "Foundation"])
    before = session.scalar(CURRENT)
    changed = acts.Details(name="Zebra Club", kind="club", areas=["gedling"], volunteer_run=True)
    acts.change_organisation(session, organisation, changed, by=lead, at=clock.now())
    session.commit()
    (entry,) = entries(session)
    assert (entry.name, entry.sort_key, entry.area_keys) == (
        "Zebra Club",
        "zebra club",
        ["gedling"],
    )
    assert [(row.area, row.sort_key) for row in entry.areas] == [("gedling", "zebra club")]
    assert {row.sort_key for row in entry.commitments} == {"zebra club"}
    assert entry.level == "Foundation"
    assert session.scalar(CURRENT) > before


def test_only_places_that_its_page_may_show_are_found(session, version):
    club = build.club(session)
    who = {"by": build.lead_of(club), "at": clock.now()}
    made = []
    for name, sort in (("Drop-in", "open"), ("Street", "detached"), ("Left out", "open")):
        details = projects.ProjectDetails(name, sort, ["ashfield"])
        made.append(projects.add_project(session, club, details, **who))
        place = projects.PlaceDetails(name=f"{name} Hall", area="ashfield", show=True)
        projects.add_place(session, made[-1], place, **who)
    pledge = build.begun(session, club, version)
    build.fill(session, pledge)
    actions.cover(session, pledge, made[:2], **who)
    actions.send(session, pledge, scheme=build.scheme(), **who)
    build.decide(session, pledge, states.LIVE, people.officer(session))
    session.commit()
    (entry,) = entries(session)
    assert "drop in hall" in entry.search_key
    assert "street" not in entry.search_key
    assert "left out" not in entry.search_key


def test_a_closed_organisation_stands_there_no_more(session, version):
    pledge = build.pledge(session, states.LIVE)
    acts.close_organisation(
        session, pledge.organisation, by=people.officer(session), at=clock.now()
    )
    session.commit()
    assert entries(session) == []


def test_a_closed_organisations_pledge_ends_in_silence(session, version, app):
    """Nobody is mailed that it is due, and nothing can be made of it any more."""
    pledge = build.pledge(session, states.LIVE)
    officer = people.officer(session)
    acts.close_organisation(session, pledge.organisation, by=officer, at=clock.now())
    session.commit()
    mails = session.scalar(select(func.count()).select_from(OutboxMail))
    clock.freeze(clock.now() + timedelta(days=800))
    for job in jobs:
        assert job.run.find(session, clock.now(), 0) == []
        job.run.do(session, pledge.id, clock.now())
    session.commit()
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == mails
    assert entries(session) == []
    browser = app.test_client()
    for end in ("", "/certificate.pdf"):
        page = f"/organisations/{pledge.organisation.slug}{end}"
        assert browser.get(page).status_code == 404


def test_a_new_draft_leaves_the_lapsed_one_standing(session, version):
    pledge = build.pledge(session, states.LAPSED)
    build.pledge(session, states.WITHDRAWN, organisation=pledge.organisation)
    assert [e.standing for e in entries(session)] == ["not current"]
    build.pledge(session, states.LIVE, organisation=pledge.organisation)
    assert [e.standing for e in entries(session)] == ["current"]


def test_what_was_rolled_back_is_not_told(session, version):
    pledge = build.pledge(session, states.SENT)
    officer = people.officer(session)
    build.check_organisation(session, pledge.organisation, by=officer, at=clock.now())
    actions.confirm(
        session, pledge, by=officer, at=clock.now(), scheme=build.scheme(), example=False
    )
    session.flush()
    session.rollback()
    session.commit()
    assert entries(session) == []
    assert register.DUE not in session.info


def test_references_say_nothing_and_can_be_drawn_again():
    made = {new_reference() for _ in range(1000)}
    assert len(made) == 1000
    assert set("".join(made)) <= set(LETTERS) | {"-"}
    with drawn_from(random.Random(1)):
        first = new_reference()
    with drawn_from(random.Random(1)):
        assert new_reference() == first


def test_a_new_name_is_found_and_the_old_one_is_not(session, version):
    club = build.club(session, name="Lantern Street")
    build.pledge(session, states.LIVE, organisation=club)
    officer = people.officer(session)
    club.name, club.sort_key = "Mallard House", sort_key("Mallard House")
    club.search_key = fold(club.name)
    record(session, club, "rename", by=officer, at=clock.now())
    session.commit()
    rows = session.scalars(select(RegisterEntryPiece.piece)).all()
    assert set(rows) == nearly.pieces("Mallard House")
