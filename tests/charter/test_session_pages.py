"""Charter sessions as people meet them: asked for, offered, booked, done; never a gate."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from charter import states as pledge_states
from charter.models import CharterSession, CharterSessionEvent
from charter.sessions import keeping, written
from charter.sessions import states as s
from charter.sessions.reminders import session_reminders
from tests.builders import charter as build
from tests.builders import people, sessions
from tests.charter.counting import statements
from tests.client import soup
from web import clock
from web.mail import OutboxMail
from web.mail.writing import write
from web.workflow import Refused

DAY = timedelta(days=1)
HOME = "/my/organisations/kites/session"
OFFER = {
    "day": "16 March 2027",
    "time": "4.30pm",
    "minutes": "60",
    "how": "room",
    "place": "The library, room 2",
    "trainers": "3",
    "adult": "Leila Marsh",
    "note": "We look forward to it",
}


@pytest.fixture
def kites(session):
    build.agreed_charter(session)
    return build.club(session, name="Kites")


@pytest.fixture
def lead(kites):
    return build.lead_of(kites)


@pytest.fixture
def officer(session):
    return people.officer(session, "Olu Officer")


def booking_of(session):
    session.expire_all()
    return session.scalars(select(CharterSession).order_by(CharterSession.id.desc())).first()


def mails(session, app, kind="session"):
    session.expire_all()
    wanted = select(OutboxMail).where(OutboxMail.kind.contains(kind)).order_by(OutboxMail.id)
    found = session.scalars(wanted).all()
    with app.test_request_context(base_url="http://localhost"):
        return [(mail.kind, mail.address, write(session, mail)) for mail in found]


def words(page):
    return " ".join(page.main.get_text().split())


def test_from_being_interested_to_having_had_one(client, session, app, kites, lead, officer):
    client.sign_in(lead)
    assert "You do not need one to sign the charter." in words(client.page(HOME))
    asked = client.send(
        f"{HOME}/ask",
        wanted="session",
        when_suits="Tuesdays after 5pm",
        where_suits="ours",
        people="12",
        access_needs="A step-free room",
    )
    assert asked.location.endswith(HOME)
    assert "Charter session: interested" in words(client.page(HOME))
    client.sign_in(officer)
    assert "Charter sessions" in words(client.page("/my/"))
    reference = booking_of(session).reference
    assert "Tuesdays after 5pm" in words(client.page("/team/sessions/"))
    assert "A step-free room" in words(client.page(f"/team/sessions/{reference}"))
    assert client.send(f"/team/sessions/{reference}/offer", **OFFER).status_code == 303
    client.sign_in(lead)
    assert "Does 16 March 2027 suit you?" in words(client.page("/my/"))
    page = words(client.page(HOME))
    assert "16 March 2027, 16:30 (in 2 weeks)" in page
    assert "3 young trainers, with Leila Marsh" in page
    assert client.send(HOME, press="Yes, book it").status_code == 303
    assert "Session booked for 16 March 2027" in words(
        client.page("/my/organisations/kites/pledge")
    )
    client.sign_in(officer)
    assert "Kites" in words(client.page("/team/sessions/"))
    early = client.send(f"/team/sessions/{reference}/held", came="11")
    assert early.status_code == 422
    assert "It has not begun yet." in early.text
    clock.freeze(booking_of(session).starts_at + DAY)
    assert "Over: write down how it went" in words(client.page("/team/sessions/"))
    done = client.send(
        f"/team/sessions/{reference}/held", came="11", thanks="Thank you for the toast."
    )
    assert done.status_code == 303
    client.sign_in(lead)
    assert "Thank you for the toast." in words(client.page(HOME))
    assert "Session done on 16 March 2027" in words(client.page("/my/organisations/kites/pledge"))
    told = [(kind, to) for kind, to, _ in mails(session, app)]
    team = "hello@charter.example"
    assert told == [
        ("charter/session-team", team),
        ("charter/session-offered", lead.email),
        ("charter/session-booked", lead.email),
        ("charter/session-team", team),
        ("charter/session-done", lead.email),
    ]
    offered = mails(session, app)[1][2]
    assert "When: 16 March 2027, 16:30, about 60 minutes" in offered.body
    assert "We look forward to it" in offered.body
    assert f"http://localhost{HOME}" in offered.body
    assert client.send(f"{HOME}/ask", wanted="interest").status_code == 303, "and again"


@pytest.mark.parametrize("state", [None, *s.ALL_STATES])
def test_no_session_stands_in_the_way_of_a_pledge(session, kites, lead, officer, state):
    if state:
        sessions.booking(session, state, organisation=kites, by=officer)
    pledge = build.pledge(session, pledge_states.LIVE, organisation=kites, by=officer)
    assert pledge.state == pledge_states.LIVE


def test_the_pledge_page_says_that_there_are_sessions(client, kites, lead):
    client.sign_in(lead)
    page = words(client.page("/my/organisations/kites/pledge"))
    assert "Ask for a charter session" in page
    assert "You do not need one to sign." in page


def test_a_date_that_does_not_suit_goes_back_with_what_would(
    client, session, app, kites, lead, officer
):
    booking = sessions.booking(session, s.OFFERED, organisation=kites, by=officer)
    client.sign_in(lead)
    assert client.send(f"{HOME}/another", note="").status_code == 422
    assert client.send(f"{HOME}/another", note="Any Monday.").status_code == 303
    assert booking_of(session).state == s.INTERESTED
    assert "Any Monday." in mails(session, app, "session-team")[-1][2].body
    client.sign_in(officer)
    page = client.page(f"/team/sessions/{booking.reference}/offer")
    assert page.select_one("input[name=trainers]")["value"] == "3", "what was offered before"
    assert page.select_one("input[name=day]").get("value", "") == ""


@pytest.mark.parametrize("side", ["lead", "officer"])
def test_either_side_calls_off_and_the_organisation_reads_why(
    client, session, app, kites, lead, officer, side
):
    booking = sessions.booking(session, s.BOOKED, organisation=kites, by=officer)
    before = len(mails(session, app))
    client.sign_in(lead if side == "lead" else officer)
    address = (
        f"{HOME}/call-off" if side == "lead" else f"/team/sessions/{booking.reference}/call-off"
    )
    assert client.send(address, note=" ").status_code == 422
    assert client.send(address, note="The bus is broken.").status_code == 303
    kinds = [
        kind
        for kind, _, letter in mails(session, app)[before:]
        if "The bus is broken." in letter.body
    ]
    team = ["charter/session-team"] if side == "lead" else []
    assert kinds == ["charter/session-cancelled", *team]
    again = client.send(address, note="The bus is broken.")
    assert again.status_code == 422
    assert booking_of(session).state == s.CANCELLED


def test_nobody_came_and_another_date_is_offered(client, session, app, kites, lead, officer):
    booking = sessions.booking(session, s.BOOKED, organisation=kites, by=officer)
    clock.freeze(booking.starts_at + DAY)
    client.sign_in(officer)
    address = f"/team/sessions/{booking.reference}"
    assert client.send(f"{address}/nobody-came", note="").status_code == 303
    assert "nobody came" in mails(session, app)[-1][2].body
    assert "Nobody came on 16 March 2027" in words(client.page("/team/sessions/"))
    typed = OFFER | {"day": "2027-04-20"}
    assert client.send(f"{address}/offer", **typed).status_code == 303
    assert booking_of(session).state == s.OFFERED


def test_a_date_that_was_changed_meanwhile_is_not_accepted_unread(
    client, session, kites, lead, officer
):
    booking = sessions.booking(session, s.OFFERED, organisation=kites, by=officer)
    client.sign_in(lead)
    form = soup(client.get(HOME)).select_one("main form")
    data = {i["name"]: i.get("value", "") for i in form.select("input")}
    from charter.sessions import actions

    actions.offer(
        session, booking, sessions.offer(clock.now() + 3 * DAY), by=officer, at=clock.now(), note=""
    )
    session.commit()
    late = client.post(form["action"], data=data, follow_redirects=True)
    assert "Read it again, then answer." in late.text
    assert booking_of(session).state == s.OFFERED
    client.sign_in(officer)
    page = soup(client.get(f"/team/sessions/{booking.reference}/offer"))
    stale = {i["name"]: i.get("value", "") for i in page.select("main input")} | OFFER
    booking_of(session).minutes = 45
    session.info["audit_pending"] = []
    build.record(session, booking, "change", by=officer, at=clock.now())
    session.commit()
    assert client.post(f"/team/sessions/{booking.reference}/offer", data=stale).status_code == 422


def test_asking_twice_is_one(client, session, kites, lead):
    client.sign_in(lead)
    data = {"wanted": "interest"}
    assert client.post_raw(f"{HOME}/ask", data).status_code == 303
    assert client.post_raw(f"{HOME}/ask", data | {"people": "7"}).status_code == 303
    [booking] = session.scalars(select(CharterSession)).all()
    assert booking.people == 7, "the second changed the first"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose what you would like."),
        ({"wanted": "session", "where_suits": "ours"}, "Say when would suit you"),
        ({"wanted": "session", "when_suits": "Mondays"}, "Choose where."),
        ({"wanted": "interest", "where_suits": "moon"}, "Choose where."),
        ({"wanted": "interest", "people": "many"}, "Enter a number from 1 to 500"),
        ({"wanted": "interest", "people": "²"}, "Enter a number from 1 to 500"),
        ({"wanted": "interest", "people": "501"}, "Enter a number from 1 to 500"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client, session, kites, lead, typed, sentence
):
    client.sign_in(lead)
    answer = client.post_raw(f"{HOME}/ask", {"access_needs": "Quiet, please", **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Quiet, please" in answer.text
    assert session.scalars(select(CharterSession)).all() == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": "soon"}, "Enter the day like 3 March 2027."),
        ({"day": "31 February 2027"}, "Enter the day like 3 March 2027."),
        ({"day": "1 March 2027"}, "still to come"),
        ({"time": "4"}, "Enter the time like 4:30pm or 16:30."),
        ({"time": "25:00"}, "Enter the time like 4:30pm or 16:30."),
        ({"minutes": "-5"}, "Enter how many minutes, like 90."),
        ({"trainers": "0"}, "Enter how many young trainers come"),
        ({"adult": ""}, "Enter the name of the adult who comes with them."),
        ({"how": "boat"}, "Choose where."),
        ({"place": " "}, "Enter the address, or how to join."),
    ],
)
def test_an_offer_is_whole(client, session, kites, officer, changed, sentence):
    booking = sessions.booking(session, organisation=kites, by=officer)
    client.sign_in(officer)
    answer = client.send(f"/team/sessions/{booking.reference}/offer", **(OFFER | changed))
    assert answer.status_code == 422
    assert sentence in soup(answer).main.get_text()
    assert booking_of(session).state == s.INTERESTED


@pytest.mark.parametrize(
    ("text", "hour"),
    [("16:30", (16, 30)), ("4.30 pm", (16, 30)), ("12am", (0, 0)), ("12pm", (12, 0)), ("9am", (9, 0)),
     ("13pm", None), ("16", None), ("16:60", None), ("", None), ("１６:30", None)],
)  # fmt: skip
def test_times_as_people_write_them(text, hour):
    found = written.time_of_day(text)
    assert (found and (found.hour, found.minute)) == hour


def test_the_clock_in_london_counts(client, session, kites, officer):
    """In summer time 4.30pm is 15:30 UTC."""
    booking = sessions.booking(session, organisation=kites, by=officer)
    client.sign_in(officer)
    client.send(f"/team/sessions/{booking.reference}/offer", **(OFFER | {"day": "1/6/2027"}))
    assert booking_of(session).starts_at.isoformat() == "2027-06-01T15:30:00+00:00"


def test_the_lists_take_the_same_statements_for_few_and_many(client, session, app, officer):
    client.sign_in(officer)
    counts = []
    for _ in range(2):
        for state in s.ALL_STATES:
            for _ in range(3):
                sessions.booking(session, state, by=officer)
        with statements(app) as said:
            client.page("/team/sessions/")
        counts.append(len(said))
    assert counts[0] == counts[1]
    mine = people.person(session)
    counts = []
    for _ in range(2):
        for state in (s.OFFERED, s.BOOKED, s.INTERESTED):
            sessions.booking(session, state, organisation=build.club(session, mine), by=officer)
        client.sign_in(mine)
        with statements(app) as said:
            client.page("/my/")
        counts.append(len(said))
    assert counts[0] == counts[1]


# Reminding


def reminders(session, days):
    found = session_reminders(session, clock.now() + days * DAY)
    return sorted((r.person_id, r.key.split(":")[-1]) for r in found)


def test_a_session_is_reminded_of_a_week_before_and_not_after(session, kites, lead, officer):
    editor = build.joined(session, kites, "editor")
    sessions.booking(session, s.BOOKED, organisation=kites, by=officer)
    assert reminders(session, 6) == []
    assert reminders(session, 7) == [(lead.id, "soon")]
    assert reminders(session, 13) == [(lead.id, "soon")]
    assert reminders(session, 14) == []
    assert editor.id != lead.id


def test_a_date_nobody_answered_is_reminded_of(session, kites, lead, officer):
    sessions.booking(session, s.OFFERED, organisation=kites, by=officer)
    sessions.booking(session, s.CANCELLED, by=officer)
    assert reminders(session, 4) == []
    assert reminders(session, 5) == reminders(session, 13) == [(lead.id, "answer")]
    assert reminders(session, 14) == []


def test_reminding_takes_two_statements(session, app, officer):
    for _ in range(6):
        sessions.booking(session, s.BOOKED, by=officer)
    at = clock.now() + 8 * DAY
    with statements(app) as said:
        assert len(list(session_reminders(session, at))) == 6
    assert len(said) == 2


# Keeping


def test_my_data_says_what_somebody_asked_and_did(session, kites, lead, officer):
    sessions.booking(session, s.CANCELLED, organisation=kites, by=officer)
    [section] = keeping.my_data(session, lead)
    assert [str(row["What"]) for row in section.rows] == ["Asked", "Called off"]
    assert section.rows[1]["Text"] == "We moved house."
    assert keeping.keeps(session, lead)
    assert keeping.keeps(session, people.person(session)) == []


def test_words_are_forgotten_two_years_after_it_is_over(session, kites, officer):
    done = sessions.booking(session, s.DONE, organisation=kites, by=officer)
    sessions.booking(session, s.BOOKED, by=officer)
    called_off = sessions.booking(session, s.CANCELLED, by=officer)
    rule = keeping.retention
    at = clock.now() + 730 * DAY
    assert list(rule.due(session, clock.now() + 729 * DAY)) == []
    assert list(rule.due(session, at + 3 * DAY)) == [called_off.id]
    later = at + 20 * DAY
    for one in rule.due(session, later):
        rule.take_away(session, one, later)
    session.commit()
    assert list(rule.due(session, later)) == []
    assert (done.state, done.came, done.adult, done.place, done.thanks) == ("done", 11, "", "", "")
    assert {e.note for e in session.scalars(select(CharterSessionEvent))} == {""}


def test_a_forgotten_one_can_still_be_looked_at(client, session, kites, lead, officer):
    booking = sessions.booking(session, s.DONE, organisation=kites, by=officer)
    keeping.retention.take_away(session, booking.id, clock.now() + timedelta(days=2000))
    session.commit()
    client.sign_in(lead)
    assert "Not kept any more" in words(client.page(HOME))
    client.sign_in(officer)
    client.page(f"/team/sessions/{booking.reference}")


def test_merging_takes_sessions_along_and_undoing_brings_them_back(session, kites, officer):
    goes = build.club(session, name="Goes")
    part = keeping.merging
    theirs = sessions.booking(session, s.DONE, organisation=goes, by=officer)
    open_one = sessions.booking(session, s.BOOKED, organisation=goes, by=officer)
    own = sessions.booking(session, s.OFFERED, organisation=kites, by=officer)
    assert part.obstacles(session, kites, goes) == [
        "Both have asked for a charter session. Call one of them off first."
    ]
    from charter.sessions import actions

    actions.call_off(session, own, by=officer, at=clock.now(), note="Merging.", team=sessions.TEAM)
    session.commit()
    assert part.obstacles(session, kites, goes) == []
    assert part.preview(session, kites, goes) == ["2 of the charter sessions of Goes go to Kites."]
    memo = part.merge(session, kites, goes, by=officer, at=clock.now())
    session.commit()
    assert {theirs.organisation_id, open_one.organisation_id} == {kites.id}
    part.undo(session, kites, goes, memo, by=officer, at=clock.now())
    session.commit()
    assert {theirs.organisation_id, open_one.organisation_id} == {goes.id}
    memo = part.merge(session, kites, goes, by=officer, at=clock.now())
    session.commit()
    sessions.booking(session, organisation=goes)
    with pytest.raises(Refused):
        part.undo(session, kites, goes, memo, by=officer, at=clock.now())
    session.rollback()


def test_a_real_merger_takes_them_along_and_its_undoing_brings_them_back(
    session, app, kites, officer
):
    from accounts.actions import merging

    goes = build.club(session, name="Goes")
    booking = sessions.booking(session, s.BOOKED, organisation=goes, by=officer)
    parts = [part for one in app.extensions["contributions"] for part in one.merging]
    merger = merging.merge(
        session, kites, goes, by=officer, at=clock.now(), undo_for=DAY, parts=parts
    )
    session.commit()
    assert booking_of(session).organisation_id == kites.id
    merging.undo(session, merger, by=officer, at=clock.now(), parts=parts)
    session.commit()
    assert booking.organisation_id == goes.id
    assert booking.state == s.BOOKED


def test_a_closed_organisation_waits_for_nobody(client, session, kites, officer):
    from accounts.actions import organisations

    sessions.booking(session, organisation=kites, by=officer)
    client.sign_in(officer)
    assert "Kites" in words(client.page("/team/sessions/"))
    organisations.close_organisation(session, kites, by=officer, at=clock.now(), why="It ended.")
    session.commit()
    assert "Kites" not in words(client.page("/team/sessions/"))
    later = clock.now() + 740 * DAY
    assert len(keeping.retention.due(session, later)) == 1, "and is forgotten in the end"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/3/27", (2027, 3, 3)),
        ("3.3.27", (2027, 3, 3)),
        ("3rd March 2027", (2027, 3, 3)),
        ("Tuesday 3 March 2027", (2027, 3, 3)),
        ("tue, 2nd Mar 2027", (2027, 3, 2)),
        ("1 March", (2028, 3, 1)),
        ("3 March", (2027, 3, 3)),
        ("29 February", (2028, 2, 29)),
    ],
)
def test_a_day_is_understood_as_people_write_it(typed, meant):
    clock.freeze(datetime(2027, 3, 2, 12, tzinfo=clock.LONDON))
    assert written.day(typed) == date(*meant)


@pytest.mark.parametrize("typed", ["", "March", "31 February", "31/2/2027", "soon", "5", "-1 May"])
def test_what_is_no_day_is_none(typed):
    clock.freeze(datetime(2027, 3, 2, 12, tzinfo=clock.LONDON))
    assert written.day(typed) is None
