"""The Charter team's side."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions.organisations import Details, change_organisation, close_organisation
from charter import actions, states
from charter.models import Pledge, PledgeEvent, PledgeNote, RegisterEntry
from tests.builders import charter as build
from tests.builders import people
from tests.builders.accounts import checked_organisation
from tests.builders.accounts import place as build_place
from tests.builders.accounts import project as build_project
from tests.charter.counting import statements
from tests.client import soup
from web import clock
from web.mail import OutboxMail


@pytest.fixture
def version(session):
    return build.agreed_charter(session)


@pytest.fixture
def officer(session):
    return people.officer(session, "Olu Officer")


@pytest.fixture
def at_desk(client, officer):
    client.sign_in(officer)
    return client


@pytest.fixture
def pledge(session, version):
    return build.pledge(session, states.SENT)


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def address(pledge):
    return f"/team/pledges/{pledge.reference}"


def again(session, pledge):
    session.expire_all()
    return session.get(Pledge, pledge.id)


def standing(session):
    return session.scalars(select(RegisterEntry.standing)).all()


# The queue


def test_the_queue_is_oldest_first_with_its_clock_in_words(session, at_desk, version):
    start = clock.now()
    names = ("Late Club", "Today Club", "New Club")
    for name, days in zip(names, (15, 14, 1), strict=True):
        clock.freeze(start - timedelta(days=days))
        build.pledge(session, states.SENT, organisation=build.club(session, name=name))
    clock.freeze(start)
    page = at_desk.get("/team/")
    said = words(page)
    assert "3 waiting, 1 overdue" in said
    assert [h.get_text().strip() for h in soup(page).select(".app-rows h2")] == list(names)
    assert "Overdue by 1 working day" in said
    assert "Decide today" in said
    assert "9 working days left" in said
    assert "3 wait for their first check, oldest first." in said


def test_an_empty_queue_says_what_comes(at_desk):
    assert "Nothing waits." in words(at_desk.get("/team/"))


@pytest.mark.parametrize("state", [None, states.DRAFT, states.SENT, states.LIVE])
def test_every_link_of_an_organisations_desk_leads_an_officer_somewhere(
    session, at_desk, version, state
):
    club = build.pledge(session, state).organisation if state else build.club(session)
    page = soup(at_desk.get(f"/my/organisations/{club.slug}"))
    links = [link["href"] for link in page.main.select("a[href^='/']")]
    assert any(link.startswith("/team/") for link in links)
    assert {at_desk.get(link).status_code for link in links} == {200}


def test_drafts_are_nobodys_business(session, at_desk, version):
    draft = build.pledge(session, states.DRAFT)
    assert at_desk.get(address(draft)).status_code == 404
    assert (
        draft.organisation.name
        not in soup(at_desk.get("/team/")).select_one(".govuk-grid-column-two-thirds").get_text()
    )


@pytest.mark.parametrize("path", ["/team/", "/team/organisations"])
def test_only_the_charter_team_comes_in(session, client, path):
    assert client.get(path).status_code == 302
    client.sign_in(people.person(session))
    assert client.get(path).status_code == 403


def test_a_stranger_does_not_know_of_a_pledge(session, client, pledge):
    client.sign_in(people.person(session))
    for more in ("", "/suspend", "/restore", "/withdraw"):
        assert client.get(address(pledge) + more).status_code == 404


# What is odd


def test_what_is_odd_is_flagged(session, at_desk, version):
    copied = version.commitments[0].examples[0]
    written = {
        "safe": copied,
        "respect": "We learn every name quickly.",
        "heard": copied,
        "choice": "Young people choose the trip each summer, and we book what they chose.",
    }
    first = build.club(session, name="Twin Club", charity_number="1234567")
    build.pledge(session, states.SUSPENDED, organisation=build.club(session, name="Other"))
    twin = build.club(
        session,
        name="Twin Club",
        charity_number="12",
        company_number="x",
        website="https://twin.example",
        volunteer_run=False,
    )
    sent = build.begun(session, twin, version)
    build.fill(session, sent, written)
    lead = build.lead_of(twin)
    who = {"by": lead, "at": clock.now()}
    actions.see_details(
        session, sent, contact_name="joan PRICE", contact_email="a@elsewhere.example", **who
    )
    actions.send(session, sent, **who, scheme=build.scheme())
    session.commit()
    said = words(at_desk.get(address(sent)))
    for sentence in (
        f"Another organisation has this name or number: {first.name}.",
        "The charity number does not look like one: 12.",
        "The company number does not look like one: x.",
        "The contact's address is at elsewhere.example, the website at twin.example.",
        "The same person signs and is the contact.",
        "This is one of our examples, word for word.",
        "This is very short.",
        "The same text stands under “Keep us safe”.",
    ):
        assert sentence in said
    assert "9 things are worth a look" in words(at_desk.get("/team/"))


def test_an_ordinary_pledge_is_not_odd(session, at_desk, version):
    club = build.club(session, website="https://www.example.org", public_email="hello@example.org")
    sent = build.pledge(session, states.SENT, organisation=club)
    assert "Worth a look" not in words(at_desk.get(address(sent)))
    assert "worth a look" not in words(at_desk.get("/team/"))


def test_what_is_usual_for_volunteers_is_not_odd(session, at_desk, version):
    """One person does most things, the site is a page on Facebook, and people come to the hall."""
    club = build.club(session, website="https://www.facebook.com/kites")
    sent = build.begun(session, club, version)
    build.fill(session, sent)
    lead = build.lead_of(club)
    who = {"by": lead, "at": clock.now()}
    same, address_of_club = sent.signatory_name, "kites@club.example"
    actions.see_details(session, sent, contact_name=same, contact_email=address_of_club, **who)
    actions.send(session, sent, **who, scheme=build.scheme())
    session.commit()
    assert "Worth a look" not in words(at_desk.get(address(sent)))


@pytest.mark.parametrize("show", [True, False])
def test_a_place_that_is_shown_is_a_way_to_reach_it(session, at_desk, version, show):
    club = checked_organisation(session, website=None)
    build_place(session, build_project(session, club, "Friday nights"), show=show)
    sent = build.pledge(session, states.SENT, organisation=club)
    page = words(at_desk.get(address(sent)))
    assert ("Nothing is published" in page) is not show
    assert "1 High Street, NG17 1AA" in page
    assert ("Not shown in public" in page) is not show


def test_what_was_sent_back_stands_in_a_list_and_comes_back_with_the_old_words(
    session, at_desk, version, pledge, officer
):
    said = pledge.actions[0].text
    by = {"by": officer, "at": clock.now()}
    actions.return_with_notes(
        session, pledge, {"commitment-1": "Who?"}, note="", scheme=build.scheme(), **by
    )
    session.commit()
    listed = words(at_desk.get("/team/"))
    assert "Back with the organisation " + pledge.organisation.name in listed
    new = "Rosie and Sam stand at the door each Friday until everyone has left."
    who = {"by": build.lead_of(pledge.organisation), "at": clock.now()}
    actions.write_action(session, pledge, pledge.actions[0].commitment, new, **who)
    actions.send(session, pledge, **who, scheme=build.scheme())
    session.commit()
    page = words(at_desk.get(address(pledge)))
    assert new in page
    assert f"Before it was returned: {said}" in page
    assert page.count("Before it was returned") == 1


def test_a_closed_organisations_pledge_waits_for_nobody(session, at_desk, pledge, officer):
    close_organisation(session, pledge.organisation, by=officer, at=clock.now())
    session.commit()
    assert "0 waiting, 0 overdue" in words(at_desk.get("/team/"))


def test_the_team_lands_on_its_queue(session, client, officer):
    client.sign_in(officer)
    assert client.get("/sign-in").location == "/team/"


@pytest.mark.parametrize(
    "numbers",
    [
        {"charity_number": "1234567-123", "company_number": "IP12345R"},
        {"charity_number": "SC012345", "company_number": "01234567"},
        {"charity_number": "NIC101234", "company_number": "SC123456"},
    ],
)
def test_a_number_that_the_form_takes_is_not_odd(session, at_desk, version, numbers):
    club = build.club(session, public_email="hello@example.org", **numbers)
    sent = build.pledge(session, states.SENT, organisation=club)
    assert "Worth a look" not in words(at_desk.get(address(sent)))


def test_an_earlier_pledge_is_named(session, at_desk, version):
    club = build.club(session)
    earlier = build.pledge(session, states.WITHDRAWN, organisation=club)
    sent = build.pledge(session, states.SENT, organisation=club)
    assert f"an earlier pledge, {earlier.reference}: Taken back." in words(
        at_desk.get(address(sent))
    )


# Deciding


def test_confirming_needs_the_first_check_and_does_both(session, at_desk, pledge):
    unticked = at_desk.send(address(pledge), press="Confirm")
    assert unticked.status_code == 422
    assert "Tick this when you have looked at who the organisation is." in words(unticked)
    assert again(session, pledge).state == "sent"
    done = at_desk.send(address(pledge), press="Confirm", organisation_checked="y", follow=True)
    assert f"Confirmed: {pledge.organisation.name} is on the register." in words(done)
    pledge = again(session, pledge)
    assert (pledge.state, pledge.organisation.state) == ("live", "checked")
    assert (pledge.live_from.isoformat(), pledge.due_on.isoformat()) == ("2027-03-02", "2028-03-02")
    assert standing(session) == ["current"]
    (mail,) = session.scalars(
        select(OutboxMail).where(OutboxMail.kind == "charter/confirmed")
    ).all()
    assert mail.address == build.lead_of(pledge.organisation).email


def test_a_note_and_confirm_do_not_go_together(session, at_desk, pledge):
    refused = at_desk.send(
        address(pledge),
        press="Confirm",
        organisation_checked="y",
        **{"on-commitment-1": "Say who stands there."},
    )
    assert refused.status_code == 422
    assert "Return the pledge with it, or take the note out to confirm." in words(refused)
    box = soup(refused).select_one('textarea[name="on-commitment-1"]')
    assert "Say who stands there." in box.get_text()
    assert again(session, pledge).state == "sent"


def test_returning_takes_a_note(session, at_desk, pledge):
    refused = at_desk.send(address(pledge), press="Return with notes")
    assert refused.status_code == 422
    assert "Write a note: what do you ask them to mend?" in words(refused)
    at_desk.send(
        address(pledge),
        press="Return with notes",
        **{"on-commitment-1": "When?", "on-details": "A"},
    )
    pledge = again(session, pledge)
    assert pledge.state == "returned"
    assert {n.part: n.text for n in pledge.notes} == {"commitment-1": "When?", "details": "A"}
    assert pledge.events[-1].note == "We have 2 questions, about “Your details”, “Keep us safe”."
    assert standing(session) == []


def test_a_note_that_is_too_long_keeps_what_was_typed(session, at_desk, pledge):
    refused = at_desk.send(
        address(pledge), press="Return with notes", note="x" * 1001, **{"on-projects": "Which one?"}
    )
    assert refused.status_code == 422
    page = soup(refused)
    assert "Which one?" in page.select_one('textarea[name="on-projects"]').get_text()
    assert "x" * 1001 in page.select_one('textarea[name="note"]').get_text()


def test_the_second_officer_is_told_who_decided_what_and_when(session, app, pledge, at_desk):
    second = app.test_client()
    second.sign_in(people.officer(session, "Petra"))
    second.get(address(pledge))
    at_desk.send(address(pledge), press="Return with notes", note="Nearly there.")
    late = second.post_raw(address(pledge), {"do": "confirm", "note": "My own words"})
    assert late.status_code == 409
    said = words(late)
    assert "Olu Officer decided this on 2 March 2027, 10:30: Returned with a note." in said
    assert "My own words" in said
    assert again(session, pledge).state == "returned"
    assert session.scalar(select(func.count()).select_from(PledgeNote)) == 0


def as_opened(client, pledge):
    """The hidden fields of the page, as it stands before somebody at this moment."""
    hidden = soup(client.get(address(pledge))).select("main form input[type=hidden]")
    return {field["name"]: field["value"] for field in hidden}


def test_nobody_confirms_a_text_that_was_sent_anew_while_they_read(
    session, at_desk, version, officer
):
    pledge = build.pledge(session, states.SENT, organisation=checked_organisation(session))
    opened, lead = as_opened(at_desk, pledge), build.lead_of(pledge.organisation)
    who = {"by": lead, "at": clock.now()}
    actions.return_with_notes(
        session, pledge, {}, by=officer, at=clock.now(), note="Mend it.", scheme=build.scheme()
    )
    unread = "We keep nobody safe, and nobody of you has read this sentence."
    actions.write_action(session, pledge, version.commitments[0], unread, **who)
    actions.send(session, pledge, **who, scheme=build.scheme())
    session.commit()
    late = at_desk.post(address(pledge), data=opened | {"do": "confirm"})
    assert late.status_code == 422
    assert "This was changed after you opened it. Read it again, then decide." in words(late)
    assert unread in words(late)
    assert again(session, pledge).state == "sent"
    assert at_desk.send(address(pledge), press="Confirm").status_code == 303
    assert again(session, pledge).state == "live"


def test_nor_an_organisation_that_took_another_name_meanwhile(session, at_desk, pledge):
    opened, organisation = as_opened(at_desk, pledge), pledge.organisation
    details = Details("The Police", organisation.kind, organisation.areas, volunteer_run=False)
    change_organisation(
        session, organisation, details, by=build.lead_of(organisation), at=clock.now()
    )
    session.commit()
    tick = {"do": "confirm", "organisation_checked": "y"}
    late = at_desk.post(address(pledge), data=opened | tick)
    assert late.status_code == 422
    pledge = again(session, pledge)
    assert (pledge.state, pledge.organisation.state) == ("sent", "unchecked")
    assert (
        session.scalars(select(OutboxMail).where(OutboxMail.kind == "charter/confirmed")).all()
        == []
    )


def test_an_officer_who_belongs_to_it_does_not_decide(session, client, pledge, officer):
    tied = build.joined(session, pledge.organisation, "viewer", "Tied")
    people.people.appoint(session, tied, "officer", by="system:test", at=clock.now())
    session.commit()
    client.sign_in(tied)
    page = client.get(address(pledge))
    assert "You belong to this organisation" in words(page)
    assert not soup(page).select("main textarea, main button")
    for do in ("confirm", "return"):
        done = client.post_raw(
            address(pledge), {"do": do, "note": "x" * (do == "return"), "organisation_checked": "y"}
        )
        assert done.status_code == 422
        assert "You belong to this organisation" in words(done)
    assert client.get(address(pledge) + "/suspend").status_code == 403
    assert again(session, pledge).state == "sent"


def test_outside_example_mode_no_pledge_to_example_text_is_confirmed(session, at_desk):
    build.charter(session)
    pledge = build.pledge(session, states.SENT)
    page = at_desk.get(address(pledge))
    assert "The charter is still example text" in words(page)
    assert "Confirm" not in [b.get_text().strip() for b in soup(page).select("main button")]
    forced = at_desk.post_raw(address(pledge), {"do": "confirm", "organisation_checked": "y"})
    assert forced.status_code == 422
    assert again(session, pledge).state == "sent"
    assert again(session, pledge).organisation.state == "unchecked"


# Later


def test_pausing_and_putting_back_with_reasons(session, at_desk, version):
    pledge = build.pledge(session, states.LIVE)
    assert at_desk.send(address(pledge) + "/suspend", press="Pause it").status_code == 422
    at_desk.send(address(pledge) + "/suspend", press="Pause it", note="A worry about the door.")
    pledge = again(session, pledge)
    assert (pledge.state, pledge.review_on.isoformat()) == ("suspended", "2027-04-01")
    assert standing(session) == ["not current"]
    assert "look again by 1 April 2027 (in 4 weeks)" in words(at_desk.get("/team/"))
    assert "A worry about the door." in words(at_desk.get(address(pledge)))
    at_desk.send(address(pledge) + "/restore", press="Put it back", note="The door is mended.")
    pledge = again(session, pledge)
    assert (pledge.state, pledge.review_on) == ("live", None)
    assert standing(session) == ["current"]


def test_what_cannot_be_done_from_here_is_refused(session, at_desk, pledge):
    refused = at_desk.send(address(pledge) + "/suspend", press="Pause it", note="Why not")
    assert refused.status_code == 422
    assert again(session, pledge).state == "sent"


def test_taking_it_back_for_an_organisation(session, at_desk, version):
    pledge = build.pledge(session, states.LIVE)
    at_desk.send(address(pledge) + "/withdraw", press="Take it back", note="They called us.")
    assert again(session, pledge).state == "withdrawn"
    assert standing(session) == []


@pytest.mark.parametrize("state", [s for s in states.ALL_STATES if s not in ("draft", "withdrawn")])
def test_every_state_has_its_page(session, at_desk, version, state):
    pledge = build.pledge(session, state)
    assert str(states.WORDS[state].team) in words(at_desk.get(address(pledge)))


# Organisations


def test_all_organisations_are_found_by_word_and_state(session, at_desk, version):
    build.club(session, name="Émile's Boxing")
    build.pledge(session, states.LIVE, organisation=build.club(session, name="Live Club"))
    build.pledge(session, states.SENT, organisation=build.club(session, name="Sent Club"))

    def found(**query):
        page = at_desk.get("/team/organisations", query_string=query)
        return [a.get_text() for a in soup(page).select("tbody td:first-child a")]

    assert found() == ["Émile's Boxing", "Live Club", "Sent Club"]
    every = words(at_desk.get("/team/organisations"))
    assert "of 3" not in every, "one page says nothing of pages"
    assert found(q="emiles") == ["Émile's Boxing"]
    assert found(state="live") == ["Live Club"]
    assert found(state="none") == ["Émile's Boxing"]
    assert found(state="unchecked") == ["Émile's Boxing", "Sent Club"]
    assert found(q="club", page="7") == ["Live Club", "Sent Club"]
    assert found(q="%") == found(q="_") == ["Émile's Boxing", "Live Club", "Sent Club"]
    assert "No organisation fits." in words(at_desk.get("/team/organisations?q=zebra"))
    assert at_desk.get("/team/organisations?state=odd").status_code == 422


def test_an_organisation_is_checked_once(session, at_desk, version):
    club = build.club(session, name="New Club")
    page = at_desk.send("/team/organisations/new-club", press="I have checked this organisation")
    assert page.status_code == 303
    session.expire_all()
    assert club.state == "checked"
    twice = at_desk.post_raw("/team/organisations/new-club", {}, follow_redirects=True)
    assert "checked already" in words(twice)


# Size


@pytest.mark.parametrize("path", ["/team/", "/team/organisations", "pledge", "home"])
def test_the_number_of_statements_does_not_grow(session, app, at_desk, officer, version, path):
    first = build.pledge(session, states.SENT, by=officer)
    path = address(first) if path == "pledge" else path
    if path == "home":
        path = f"/my/organisations/{first.organisation.slug}/pledge"
        at_desk.sign_in(build.lead_of(first.organisation))
    at_desk.get(path)
    few = cost(app, session, at_desk, path)
    for _ in range(12):
        build.pledge(session, states.SENT, by=officer)
    assert cost(app, session, at_desk, path) == few <= 20


def cost(app, session, client, path):
    session.expire_all()
    with statements(app) as said:
        assert client.get(path).status_code == 200
    return len(said)


def test_the_history_tells_it_all(session, at_desk, version):
    pledge = build.pledge(session, states.LAPSED)
    assert session.scalar(select(func.count()).select_from(PledgeEvent)) == 5
    said = words(at_desk.get(address(pledge)))
    for step in ("Begun", "Sent to the Charter team", "Confirmed", "Due again", "Run out"):
        assert step in said
    assert "by the date" in said


@pytest.mark.parametrize("typed", ["nul \0 here", "x" * 10_000])
def test_odd_input_is_answered_in_a_sentence(session, at_desk, pledge, typed):
    for body in ({"do": "return", "note": typed}, {"do": "return", "on-commitment-1": typed}):
        assert at_desk.post_raw(address(pledge), body).status_code == 422
    for body in ({}, {"do": "jump"}, {"unknown": "x"}):
        assert at_desk.post_raw(address(pledge), body).status_code == 422
    assert again(session, pledge).state == "sent"
