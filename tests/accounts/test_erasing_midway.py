"""Somebody in the middle of things is erased: their addresses are free, the pages still stand."""

from accounts.actions import people as people_actions
from accounts.models.people import OFFICER
from accounts.queries import person_by_email
from charter import states
from charter.workers import queries
from tests import world
from tests.builders import accounts, charter, people, workers
from tests.builders import addresses as build
from web import clock
from web.erasing import erase

MAIN, SECOND = "sam@club.example", "sam@home.example"


def test_both_addresses_can_register_anew_and_no_page_falls_over(app, session):
    charter.agreed_charter(session)
    sam = build.with_second(session, people.person(session, "Sam", MAIN), SECOND)
    club = accounts.checked_organisation(session, sam, name="Kites Youth Club")
    editor = accounts.member(session, club, "editor", "Ed")
    charter.pledge(session, states.LIVE, organisation=club)
    workers.pledge(session, "Sam", email=SECOND, shown=True)
    officer = people.officer(session, "Petra")
    build.started(session, build.lost(session, MAIN, "sam@new.example"), officer)
    build.making_main(session, sam)
    erase(session, sam, by=sam, at=clock.now())
    session.commit()
    for email in (MAIN, SECOND):
        assert person_by_email(session, email) is None
        anew = people.person(session, "Sam Again", email)
        assert queries.of_person(session, anew) is None
    for who in (editor, officer):
        browser = app.test_client()
        browser.sign_in(who)
        for page in ("", "/history", "/pledge", "/people"):
            answer = browser.get(f"/my/organisations/kites-youth-club{page}", follow_redirects=True)
            assert answer.status_code < 500, page
    for page in ("/register", "/organisations/kites-youth-club"):
        assert app.test_client().get(page).status_code == 200


def test_an_officer_in_the_middle_of_an_appeal(app, session):
    charter.agreed_charter(session)
    club = accounts.checked_organisation(session, people.person(session, "Lena"), name="Kites")
    pausing, other = people.officer(session, "Olu Pausing"), people.officer(session, "Petra")
    pledge = world._appealed(session, club, pausing)
    session.commit()
    people_actions.end_appointment(session, pausing, OFFICER, by=other, at=clock.now())
    erase(session, pausing, by=pausing, at=clock.now())
    session.commit()
    for who in (accounts.lead_of(club), other):
        browser = app.test_client()
        browser.sign_in(who)
        for page in ("/my/organisations/kites/pledge", f"/team/pledges/{pledge.reference}", "/my/"):
            answer = browser.get(page, follow_redirects=True)
            assert answer.status_code < 500, page
            assert "Olu Pausing" not in answer.get_data(as_text=True)
