"""The organisation's side, as a browser without scripts sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions.colleagues import end_membership
from accounts.models import Membership
from charter import actions, queries, states
from charter.models import Pledge, PledgeAction, PledgeEvent
from tests.builders import charter as build
from tests.builders import people
from tests.client import soup
from web import clock
from web.audit import record
from web.mail import OutboxMail


@pytest.fixture
def version(session):
    return build.agreed_charter(session)


@pytest.fixture
def organisation(session, version):
    return build.club(session, name="Kites Youth Club")


@pytest.fixture
def lead(organisation):
    return build.lead_of(organisation)


@pytest.fixture
def at_work(client, lead):
    client.sign_in(lead)
    return client


HOME = "/my/organisations/kites-youth-club/pledge"


def newest(session):
    session.expire_all()
    return session.scalars(select(Pledge).order_by(Pledge.id.desc())).first()


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def browser(app, who):
    made = app.test_client()
    made.sign_in(who)
    return made


# The way in


def test_the_entry_page_says_what_it_takes_and_knows_nobody(client):
    page = client.get("/pledge")
    assert "within 10 working days" in words(page)
    assert "Set-Cookie" not in page.headers
    assert page.headers["ETag"]
    assert soup(page).select_one('a[href="/create-account?next=/pledge/start"]')


def test_the_start_asks_to_sign_in(client):
    assert "/sign-in" in client.get("/pledge/start").headers["Location"]


def test_the_start_leads_to_the_one_organisation(at_work):
    assert at_work.get("/pledge/start").headers["Location"] == HOME


def test_the_start_leads_on_without_an_organisation_and_with_two(session, client, version):
    person = people.person(session)
    client.sign_in(person)
    assert soup(client.get("/pledge/start")).select_one('a[href="/my/organisations/new"]')
    for name in ("First", "Second"):
        build.club(session, person, name)
    page = client.get("/pledge/start")
    assert soup(page).select_one('a[href="/my/organisations/second/pledge"]')


def test_who_left_and_came_back_has_the_one_organisation(session, client, organisation, lead):
    back = build.joined(session, organisation, "editor")
    (membership,) = back.memberships
    end_membership(session, membership, by=lead, at=clock.now())
    session.add(
        again := Membership(
            person=back, organisation=organisation, role="editor", began_at=clock.now()
        )
    )
    session.flush()
    record(session, again, "begin", by=lead, at=clock.now())
    session.commit()
    client.sign_in(back)
    assert client.get("/pledge/start").headers["Location"] == HOME


# A Tuesday


def test_a_lead_goes_from_nothing_to_sent(session, at_work, organisation):
    begun = at_work.send(HOME, press="Begin")
    assert begun.headers["Location"] == f"{HOME}/details"
    assert "You have written 0 of 8 actions. 3 are enough to send it." in words(at_work.get(HOME))
    on = at_work.send(f"{HOME}/details", press="Save and go on")
    assert on.headers["Location"] == f"{HOME}/projects"
    on = at_work.send(f"{HOME}/projects", press="We run one closed group")
    assert on.headers["Location"] == f"{HOME}/signatory"
    at_work.send(
        f"{HOME}/signatory",
        press="Save and go on",
        signatory_name="Joan Price",
        signatory_role="Chair",
    )
    for key, text in build.GOOD.items():
        at_work.send(f"{HOME}/commitments/{key}", press="Save and go on", text=text)
    check = at_work.get(f"{HOME}/check")
    assert "Joan Price signs this pledge for Kites Youth Club" in words(check)
    assert build.GOOD["safe"] in words(check)
    sent = at_work.send(f"{HOME}/check", press="Send to the Charter team", declared="y")
    assert (sent.status_code, sent.headers["Location"]) == (303, HOME)
    page = words(at_work.get(HOME))
    assert "Done Your pledge is sent." in page
    assert "You will hear from us by 16 March 2027 (in 2 weeks)" in page
    pledge = newest(session)
    assert (pledge.state, pledge.check_due_on.isoformat()) == ("sent", "2027-03-16")
    assert [p.name for p in pledge.projects] == ["Kites Youth Club"]
    assert not pledge.projects[0].open_access


def test_the_list_says_how_each_part_stands(session, at_work, organisation):
    pledge = build.begun(session, organisation, queries.current_charter(session))
    at_work.send(f"{HOME}/commitments/safe", press="Save and go on", text="Be nice.")
    at_work.send(
        f"{HOME}/commitments/heard", press="Save and go back to the list", text=build.GOOD["heard"]
    )
    rows = {
        " ".join(row.select_one("a").get_text().split()): " ".join(
            row.select_one(".govuk-task-list__status").get_text().split()
        )
        for row in soup(at_work.get(HOME)).select(".govuk-task-list__item")
    }
    assert rows["Keep us safe"] == "In progress"
    assert rows["Hear us and act"] == "Done"
    assert rows["Respect us"] == "No action yet"
    assert rows["Who signs"] == "Not started"
    assert rows["Check your answers and send them"] == "Not ready yet"
    assert pledge.state == "draft"


def test_the_commitments_page_helps(at_work, session, organisation, version):
    build.begun(session, organisation, version)
    page = at_work.get(f"{HOME}/commitments/respect")
    commitment = version.commitments[1]
    for text in (commitment.explanation, commitment.asks, *commitment.examples):
        assert text in words(page)
    assert commitment.weak_why in words(page)
    assert soup(page).select_one("textarea[name=text]").get_text().strip() == ""
    assert "600" in words(page)


def test_a_part_can_be_left_out_and_a_text_taken_away(session, at_work, organisation, version):
    build.begun(session, organisation, version)
    at_work.send(f"{HOME}/commitments/safe", press="Save and go on", text="   ")
    assert session.scalar(select(func.count()).select_from(PledgeAction)) == 0
    at_work.send(f"{HOME}/commitments/safe", press="Save and go on", text=build.GOOD["safe"])
    at_work.send(f"{HOME}/commitments/safe", press="Save and go on", text="")
    assert session.scalar(select(func.count()).select_from(PledgeAction)) == 0


def test_what_is_missing_is_said_before_sending_and_refused(
    session, at_work, organisation, version
):
    build.begun(session, organisation, version)
    page = at_work.get(f"{HOME}/check")
    assert "Write at least 3 actions. You have written 0." in words(page)
    assert "Send to the Charter team" not in words(page)
    forced = at_work.post_raw(f"{HOME}/check", {"declared": "y"})
    assert forced.status_code == 422
    assert newest(session).state == "draft"


def test_the_signatory_must_have_agreed(session, at_work, organisation, version):
    build.fill(session, build.begun(session, organisation, version))
    refused = at_work.send(f"{HOME}/check", press="Send to the Charter team")
    assert refused.status_code == 422
    assert "Tick the box when the person who signs has agreed" in words(refused)
    assert newest(session).state == "draft"


def test_sent_twice_is_sent_once(session, at_work, organisation, version, lead):
    build.fill(session, build.begun(session, organisation, version))
    for _ in range(2):
        done = at_work.post_raw(f"{HOME}/check", {"declared": "y"})
        assert (done.status_code, done.headers["Location"]) == (303, HOME)
    sent = session.scalars(select(PledgeEvent).where(PledgeEvent.verb == "send")).all()
    assert len(sent) == 1
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    kinds = sorted((m.kind, m.address) for m in mails if m.kind.startswith("charter/"))
    assert kinds == [("charter/sent", lead.email), ("charter/to-check", "hello@charter.example")]


def test_begun_twice_is_begun_once(session, at_work, organisation):
    for _ in range(2):
        assert at_work.post_raw(HOME, {}).status_code == 303
    assert session.scalar(select(func.count()).select_from(Pledge)) == 1


def test_an_editor_sends_and_the_lead_hears_too(session, client, organisation, version, lead):
    build.fill(session, build.begun(session, organisation, version))
    editor = build.joined(session, organisation, "editor", "Eddie")
    client.sign_in(editor)
    client.post_raw(f"{HOME}/check", {"declared": "y"})
    told = session.scalars(
        select(OutboxMail.address).where(OutboxMail.kind == "charter/sent")
    ).all()
    assert sorted(told) == sorted([lead.email, editor.email])


# What the one club does


def test_a_club_night_leads_on_to_its_place_and_back(session, at_work, organisation, version):
    build.begun(session, organisation, version)
    on = at_work.send(f"{HOME}/projects", press="We run one club, and anyone can drop in")
    (project,) = newest(session).projects
    assert project.open_access
    place = on.headers["Location"]
    assert place.startswith(
        f"/my/organisations/kites-youth-club/projects/{project.slug}/places/new"
    )
    assert soup(at_work.get(place)).select_one(f'main a[href="{HOME}/signatory"]')
    saved = at_work.send(place, press="Save", name="The Hall", area="ashfield", show="yes")
    assert saved.headers["Location"] == f"{HOME}/signatory"


@pytest.mark.parametrize(
    "back",
    ["//evil.example/my/", "https://evil.example/my/", "/my/../", "/my/nowhere", "/register", ""],
)
def test_the_way_back_leads_to_no_other_place(session, at_work, organisation, back):
    page = at_work.get("/my/organisations/kites-youth-club/details", query_string={"back": back})
    assert page.status_code == 200
    done = at_work.send(f"/my/organisations/kites-youth-club/details?back={back}", press="Save")
    assert done.headers["Location"] == "/my/organisations/kites-youth-club"


def test_to_change_the_details_saves_the_contact_first_and_comes_back(
    session, at_work, organisation, version
):
    build.begun(session, organisation, version)
    on = at_work.send(f"{HOME}/details", press="Change these details", contact_name="Marge Bell")
    assert newest(session).contact_name == "Marge Bell"
    done = at_work.send(on.headers["Location"], press="Save", about="Kites, every Tuesday.")
    assert done.headers["Location"] == f"{HOME}/details"


# Where the buttons lead


def test_back_saves_what_was_typed(session, at_work, organisation, version):
    build.begun(session, organisation, version)
    back = at_work.send(
        f"{HOME}/commitments/safe", press="Save and go back", text=build.GOOD["safe"]
    )
    assert back.headers["Location"] == f"{HOME}/signatory"
    assert newest(session).actions[0].text == build.GOOD["safe"]


def test_back_asks_nothing_of_who_only_looked(session, at_work, organisation, version):
    build.begun(session, organisation, version)
    back = at_work.send(f"{HOME}/signatory", press="Save and go back")
    assert back.headers["Location"] == f"{HOME}/projects"
    half = at_work.send(f"{HOME}/signatory", press="Save and go back", signatory_name="Joan")
    assert half.status_code == 422


def test_the_enter_key_goes_on(session, at_work, organisation, version):
    build.begun(session, organisation, version)
    first = soup(at_work.get(f"{HOME}/signatory")).select("button[form=part], form#part button")[0]
    assert (first["name"], first["value"]) == ("then", "on")


def test_who_comes_from_check_goes_back_there(session, at_work, organisation, version):
    build.fill(session, build.begun(session, organisation, version))
    change = soup(at_work.get(f"{HOME}/check")).select_one('main a[href*="/commitments/respect"]')
    done = at_work.send(
        change["href"], press="Save and go back to check", text=build.GOOD["respect"] + " Always."
    )
    assert done.headers["Location"] == f"{HOME}/check"


def test_once_it_can_be_sent_the_button_says_so(session, at_work, organisation, version):
    pledge = build.begun(session, organisation, version)
    assert button(at_work) == ("Go on: Your details", f"{HOME}/details")
    build.fill(session, pledge, dict(list(build.GOOD.items())[:2]))
    assert button(at_work) == ("Go on: Hear us and act", f"{HOME}/commitments/heard")
    build.fill(session, pledge)
    assert button(at_work) == ("Check and send", f"{HOME}/check")
    assert "Add another action" in words(at_work.get(HOME))


def button(client):
    found = soup(client.get(HOME)).select_one("main a.govuk-button")
    return " ".join(found.get_text().split()), found["href"]


# Several people


def test_two_editors_on_different_commitments_never_meet(session, app, organisation, version, lead):
    build.begun(session, organisation, version)
    one, other = browser(app, lead), browser(app, build.joined(session, organisation, "editor"))
    first, second = opened(one, "safe"), opened(other, "respect")
    assert post(one, "safe", first, build.GOOD["safe"]).status_code == 303
    assert post(other, "respect", second, build.GOOD["respect"]).status_code == 303
    assert len(newest(session).actions) == 2


def opened(client, key):
    page = soup(client.get(f"{HOME}/commitments/{key}"))
    return {i["name"]: i.get("value", "") for i in page.select("main form input[type=hidden]")}


def post(client, key, hidden, text, **more):
    return client.post(f"{HOME}/commitments/{key}", data={**hidden, "text": text, **more})


def test_on_one_field_both_texts_are_kept_and_shown(session, app, organisation, version, lead):
    build.begun(session, organisation, version)
    one = browser(app, lead)
    other = browser(app, build.joined(session, organisation, "editor", "Eddie"))
    first, second = opened(one, "safe"), opened(other, "safe")
    post(one, "safe", first, "Lead's words about the door and the lights.")
    clash = post(other, "safe", second, "Eddie's words about the bus stop.")
    assert clash.status_code == 422
    assert "Lead's words about the door and the lights." in words(clash)
    assert f"{lead.name} wrote here on 2 March 2027" in words(clash)
    box = soup(clash).select_one("textarea").get_text()
    assert "Eddie's words about the bus stop." in box
    assert newest(session).actions[0].text == "Lead's words about the door and the lights."
    # The phone goes flat: on coming back, the typed text is still there.
    back = soup(other.get(f"{HOME}/commitments/safe"))
    assert "Eddie's words about the bus stop." in back.select_one("textarea").get_text()
    # Put together and saved.
    hidden = {
        i["name"]: i.get("value", "") for i in soup(clash).select("main form input[type=hidden]")
    }
    both = "The door and the lights, and the bus stop each night."
    assert post(other, "safe", hidden, both, **{"keep-text": "mine"}).status_code == 303
    assert newest(session).actions[0].text == both


def test_what_was_sent_meanwhile_gives_the_typed_text_back(
    session, app, organisation, version, lead
):
    pledge = build.begun(session, organisation, version)
    build.fill(session, pledge)
    writer = browser(app, build.joined(session, organisation, "editor"))
    hidden = opened(writer, "choice")
    actions.send(session, pledge, by=lead, at=clock.now(), scheme=build.scheme())
    session.commit()
    late = post(writer, "choice", hidden, "We ask before every trip where they want to go.")
    assert late.status_code == 409
    assert "We ask before every trip where they want to go." in words(late)
    assert "was sent to the Charter team on 2 March 2027" in words(late)
    assert len(newest(session).actions) == 3
    page = writer.get(f"{HOME}/commitments/choice")
    assert "We ask before every trip" in words(page)


def test_who_wrote_last_is_shown(session, app, organisation, version):
    build.begun(session, organisation, version)
    eddie = browser(app, build.joined(session, organisation, "editor", "Eddie Quick"))
    eddie.send(f"{HOME}/commitments/safe", press="Save and go on", text=build.GOOD["safe"])
    eddie.send(f"{HOME}/commitments/heard", press="Save and go on", text=build.GOOD["heard"])
    page = words(eddie.get(HOME))
    assert "Eddie Quick, 2 March 2027, 10:30" in page
    assert page.count("Eddie Quick") == 1


def test_a_session_that_ends_gives_the_text_back(session, at_work, organisation, version, lead):
    build.begun(session, organisation, version)
    hidden = opened(at_work, "safe")
    at_work.sign_out()
    assert post(at_work, "safe", hidden, "We stand at the door.").status_code == 303
    at_work.sign_in(lead)
    page = at_work.get(f"{HOME}/commitments/safe")
    assert "We stand at the door." in soup(page).select_one("textarea").get_text()


# The Charter team's notes


def test_notes_stand_beside_the_places_they_concern(session, at_work, organisation, lead):
    pledge = build.pledge(session, states.SENT, organisation=organisation)
    actions.return_with_notes(
        session,
        pledge,
        {"commitment-1": "Say who stands there.", "signatory": "Is Joan still chair?"},
        by=people.officer(session),
        at=clock.now(),
        note="Nearly there.",
        scheme=build.scheme(),
    )
    session.commit()
    page = at_work.get(HOME)
    assert "Nearly there." in words(page)
    rows = {
        row.select_one("a").get_text().strip(): " ".join(row.get_text(" ").split())
        for row in soup(page).select(".govuk-task-list__item")
    }
    assert "To mend" in rows["Keep us safe"]
    assert "Say who stands there." in rows["Keep us safe"]
    assert "Done" in rows["Respect us"]
    assert "Say who stands there." in words(at_work.get(f"{HOME}/commitments/safe"))
    assert button(at_work) == ("Go on: Who signs", f"{HOME}/signatory")
    on = at_work.send(
        f"{HOME}/commitments/safe", press="Save and go on", text=build.GOOD["safe"] + " Sam and Jo."
    )
    assert on.headers["Location"] == f"{HOME}/signatory"
    assert "You have not changed one part that the Charter team asked about: Who signs." in words(
        at_work.get(f"{HOME}/check")
    )
    at_work.send(f"{HOME}/check", press="Send to the Charter team", declared="y")
    pledge = newest(session)
    assert pledge.state == "sent"
    assert all(note.settled_at for note in pledge.notes)


def test_who_has_mended_it_all_is_led_to_sending(session, at_work, organisation):
    build.pledge(session, states.RETURNED, organisation=organisation)
    assert "Our note is beside the part it is about." in words(at_work.get(HOME))
    on = at_work.send(
        f"{HOME}/commitments/safe", press="Save and go on", text=build.GOOD["safe"] + " Each day."
    )
    assert on.headers["Location"] == f"{HOME}/check"
    assert "You have mended all we asked about. Send it again." in words(at_work.get(HOME))
    assert button(at_work) == ("Check and send", f"{HOME}/check")


def test_what_was_asked_before_the_last_return_is_not_asked_again(
    session, at_work, organisation, lead
):
    pledge, officer = (
        build.pledge(session, states.SENT, organisation=organisation),
        people.officer(session),
    )
    actions.return_with_notes(
        session,
        pledge,
        {"signatory": "Is Joan chair?"},
        by=officer,
        at=clock.now(),
        note="",
        scheme=build.scheme(),
    )
    clock.freeze(clock.now() + timedelta(days=1))
    actions.send(session, pledge, by=lead, at=clock.now(), scheme=build.scheme())
    clock.freeze(clock.now() + timedelta(days=1))
    actions.return_with_notes(
        session,
        pledge,
        {},
        by=officer,
        at=clock.now(),
        note="Is this all of you?",
        scheme=build.scheme(),
    )
    session.commit()
    assert "Is this all of you?" in words(at_work.get(HOME))
    for page in (HOME, f"{HOME}/signatory"):
        assert "Is Joan chair?" not in words(at_work.get(page))


# Who


@pytest.mark.parametrize("path", ["", "/details", "/commitments/safe", "/check", "/withdraw"])
def test_outsiders_do_not_know_of_it(session, client, organisation, path):
    build.pledge(session, states.DRAFT, organisation=organisation)
    for person in (people.person(session), people.officer(session)):
        client.sign_in(person)
        assert client.get(HOME + path).status_code == 404


def test_a_viewer_looks_and_does_not_write(session, client, organisation):
    build.pledge(session, states.DRAFT, organisation=organisation)
    client.sign_in(build.joined(session, organisation, "viewer"))
    page = client.get(HOME)
    assert page.status_code == 200
    assert not soup(page).select(".govuk-task-list__link")
    assert client.get(f"{HOME}/commitments/safe").status_code == 403
    assert client.post_raw(f"{HOME}/check", {"declared": "y"}).status_code == 403


def test_only_a_lead_takes_it_back_and_says_why(session, client, organisation, lead):
    build.pledge(session, states.SENT, organisation=organisation)
    client.sign_in(build.joined(session, organisation, "editor"))
    assert client.get(f"{HOME}/withdraw").status_code == 403
    client.sign_in(lead)
    assert client.send(f"{HOME}/withdraw", press="Take this pledge back").status_code == 422
    done = client.send(
        f"{HOME}/withdraw", press="Take this pledge back", note="We merge with another club."
    )
    assert done.status_code == 303
    page = words(client.get(HOME))
    assert "We merge with another club." in page
    assert "Begin a new pledge" in page


@pytest.mark.parametrize("state", states.ALL_STATES)
def test_every_state_has_its_page(session, at_work, organisation, state):
    build.pledge(session, state, organisation=organisation)
    assert at_work.get(HOME).status_code == 200


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/details", "contact_name"),
        ("/details", "contact_email"),
        ("/signatory", "signatory_name"),
        ("/commitments/safe", "text"),
        ("/projects", "projects"),
        ("/withdraw", "note"),
    ],
)
@pytest.mark.parametrize("typed", ["nul \0 here", "half \ud800 pair", "x" * 10_000, "٣ ‮ 🙂" * 400])
def test_odd_input_is_answered_in_a_sentence(
    session, at_work, organisation, version, path, field, typed
):
    build.begun(session, organisation, version)
    body = {field: typed.encode("utf-8", "surrogatepass")}
    done = at_work.post_raw(HOME + path, body)
    if "\ud800" in typed and done.status_code == 303:
        return  # the server reads half a pair as �, which can be kept
    assert done.status_code == 422
    assert soup(done).select_one(".govuk-error-summary")


@pytest.mark.parametrize("path", ["/details", "/signatory", "/projects", "/withdraw"])
def test_an_empty_form_is_answered_in_a_sentence(session, at_work, organisation, version, path):
    build.begun(session, organisation, version)
    done = at_work.post_raw(HOME + path, {"unknown": "field"})
    assert done.status_code == 422


def test_right_to_left_words_are_words(session, at_work, organisation, version):
    build.begun(session, organisation, version)
    said = "نستمع إلى الشباب كل أسبوع 🙂"
    at_work.send(f"{HOME}/commitments/heard", press="Save and go on", text=said)
    assert newest(session).actions[0].text == said


def test_a_project_of_another_organisation_cannot_be_covered(
    session, at_work, organisation, version
):
    other = build.pledge(session, states.SENT)
    build.begun(session, organisation, version)
    done = at_work.post_raw(f"{HOME}/projects", {"projects": other.projects[0].slug})
    assert done.status_code == 422
    assert newest(session).covered == []


def test_my_portal_says_what_comes_next(session, at_work, organisation, version):
    assert "Begin your pledge" in words(at_work.get("/my/"))
    pledge = build.begun(session, organisation, version)
    assert "Go on with your pledge" in words(at_work.get("/my/"))
    build.fill(session, pledge)
    at_work.post_raw(f"{HOME}/check", {"declared": "y"})
    assert "You will hear from the Charter team by 16 March 2027." in words(at_work.get("/my/"))
