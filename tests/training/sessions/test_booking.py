"""Booking, waiting, cancelling, calling off, coming; and what is written down of it."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from accounts.actions import organisations
from tests.builders import accounts, people, training, training_sessions
from tests.client import soup
from training import status, versions
from training.models import TrainingBooking, TrainingRecord
from training.records import facts, looking
from training.records.queries import practitioner_of, records_of
from training.sessions import attendance, booking, closing, keeping, offering, queries
from training.sessions import states as s
from training.sessions.rules import BY_HAND_FROM
from web import clock
from web.mail import OutboxMail
from web.mail.writing import write
from web.workflow import Refused

HOME = "/my/training/sessions/"
OFFER = {
    "whose": "-", "title": "First aid", "modules": ["K4"], "day": "16 March 2027",
    "begins": "10am", "ends": "1pm", "place": "The library", "capacity": "12", "for_whom": "all",
}  # fmt: skip


@pytest.fixture
def officer(session):
    training.pathways(session)
    return people.officer(session, "Olu Officer")


@pytest.fixture
def full(session, officer):
    """Two places, both taken; two people wait."""
    it = training_sessions.offered(session, by=officer, capacity=2)
    names = ("Ann First", "Ben Second", "Cy Third", "Dee Fourth")
    return it, [training_sessions.booked(session, it, people.person(session, n)) for n in names]


def states_of(session, bookings):
    return [session.get(TrainingBooking, b.id, populate_existing=True).state for b in bookings]


def mails(session, kind):
    wanted = select(OutboxMail).where(OutboxMail.kind == f"training/session-{kind}")
    return list(session.scalars(wanted.order_by(OutboxMail.id)))


def over(it):
    clock.freeze(it.ends_at + timedelta(minutes=5))


def test_who_asks_first_has_the_place_that_becomes_free(session, full):
    _, bookings = full
    assert states_of(session, bookings) == [s.BOOKED, s.BOOKED, s.WAITING, s.WAITING]
    ann = bookings[0].practitioner.person
    booking.cancel(session, bookings[0], by=ann, at=clock.now())
    assert states_of(session, bookings) == [s.CANCELLED, s.BOOKED, s.BOOKED, s.WAITING]
    (told,) = mails(session, "promoted")
    assert told.address == bookings[2].practitioner.person.email
    assert bookings[2].events[-1].by_id is None


def test_on_the_last_day_a_place_is_given_by_hand_only(session, full, officer):
    it, bookings = full
    clock.freeze(it.starts_at - BY_HAND_FROM + timedelta(minutes=1))
    ann, dee = (bookings[n].practitioner.person for n in (0, 3))
    booking.cancel(session, bookings[0], by=ann, at=clock.now())
    assert states_of(session, bookings)[2:] == [s.WAITING, s.WAITING]
    late = people.person(session)
    mine = training.practitioner(session, late)
    with pytest.raises(Refused, match="waiting list"):  # nobody overtakes who waits
        booking.book(session, it, mine, wait=False, by=late, at=clock.now())
    with pytest.raises(Refused, match="Only who offers"):
        booking.promote(session, bookings[3], by=dee, at=clock.now())
    booking.promote(session, bookings[3], by=officer, at=clock.now())
    assert states_of(session, bookings)[2:] == [s.WAITING, s.BOOKED]
    with pytest.raises(Refused, match="All places"):
        booking.promote(session, bookings[2], by=officer, at=clock.now())


def test_more_places_go_to_those_who_wait(session, full, officer):
    it, bookings = full
    given = training_sessions.offer(capacity=3, starts_at=it.starts_at)
    offering.change(session, it, given, by=officer, at=clock.now())
    assert states_of(session, bookings) == [s.BOOKED, s.BOOKED, s.BOOKED, s.WAITING]
    assert mails(session, "changed") == []
    fewer = training_sessions.offer(capacity=1, starts_at=it.starts_at)
    with pytest.raises(Refused, match="More people"):
        offering.change(session, it, fewer, by=officer, at=clock.now())


def test_called_off_everybody_on_the_list_is_told(app, session, full, officer):
    it, bookings = full
    with pytest.raises(Refused):
        offering.call_off(session, it, " ", by=officer, at=clock.now())
    offering.call_off(session, it, "The hall is flooded.", by=officer, at=clock.now())
    assert set(states_of(session, bookings)) == {s.CANCELLED}
    told = mails(session, "called-off")
    assert {m.address for m in told} == {b.practitioner.person.email for b in bookings}
    with app.test_request_context():
        letter = write(session, told[0])
    assert "The hall is flooded." in letter.body
    assert "Safeguarding basics" in letter.subject


def test_of_a_closed_organisation_it_is_called_off_once_that_stays_so(app, session, officer):
    lead = people.person(session, "Lena Lead")
    club = accounts.checked_organisation(session, lead)
    it = training_sessions.offered(session, club, by=lead)
    soon = training_sessions.offered(
        session, club, by=lead, starts_at=clock.now() + timedelta(hours=20)
    )
    bookings = [training_sessions.booked(session, one) for one in (it, soon)]
    organisations.close_organisation(session, club, by=officer, at=clock.now())
    session.commit()
    assert queries.coming(session, officer, clock.now()) == []
    with pytest.raises(Refused, match="is closed"):
        training_sessions.booked(session, it)

    def run():
        with app.test_request_context():
            for id_ in closing.job.run.find(session, clock.now(), 0):
                closing.job.run.do(session, id_, clock.now())

    run()
    assert states_of(session, bookings) == [s.BOOKED, s.CANCELLED]
    clock.freeze(clock.now() + timedelta(hours=25))
    run()
    assert states_of(session, bookings) == [s.CANCELLED, s.CANCELLED]
    assert [m.address for m in mails(session, "called-off")] == [
        b.practitioner.person.email for b in (bookings[1], bookings[0])
    ]


def test_where_two_organisations_become_one_it_goes_on(app, session, officer):
    lead = people.person(session, "Lena Lead")
    goes = accounts.checked_organisation(session, lead)
    stays = accounts.checked_organisation(session, name="Otters")
    mine = training_sessions.booked(session, training_sessions.offered(session, goes, by=lead))
    who = {"by": officer, "at": clock.now()}
    memo = keeping.merging.merge(session, stays, goes, **who)
    assert mine.training_session.organisation == stays
    (told,) = mails(session, "given-by")
    with app.test_request_context():
        letter = write(session, told)
    assert "Otters gives this training session from now on." in letter.body
    keeping.merging.undo(session, stays, goes, memo, **who)
    assert mine.training_session.organisation == goes


@pytest.mark.parametrize("kind", ["booked", "waiting", "promoted", "cancelled", "changed"])
def test_each_mail_can_be_written(app, session, full, officer, kind):
    it, bookings = full
    booking.cancel(session, bookings[0], by=officer, at=clock.now())
    moved = training_sessions.offer(capacity=2, place="Room 9")
    offering.change(session, it, moved, by=officer, at=clock.now())
    with app.test_request_context():
        letter = write(session, mails(session, kind)[0])
    assert "Safeguarding basics\n16 March 2027, 10:30 to 12:30\n" in letter.body
    assert it.reference in letter.body
    assert "meet.example" not in letter.body


def test_what_is_booked_counts_as_booked(session, full):
    _, bookings = full
    of = [list(facts.of_bookings([b])) for b in bookings]
    assert [len(found) for found in of] == [1, 1, 0, 0]
    assert (of[0][0].module, of[0][0].kind) == ("W2", status.Kind.BOOKED)
    pathways = versions.newest(session).pathways
    seen = status.picture(pathways, ["trustee"], of[0], clock.today())
    assert seen.modules["W2"].status is status.Status.BOOKED


def test_a_booking_is_seen_by_oneself_and_by_the_lead(session, officer):
    club = accounts.checked_organisation(session)
    win = training.worker(session, club, "volunteer")
    it = training_sessions.offered(session, by=officer)
    training_sessions.booked(session, it, win)
    found = looking.look(session, win, clock.today())
    assert found.picture.modules["W2"].status is status.Status.BOOKED
    mine = found.practitioner.id
    both = looking.pictures(session, found.pathways, [mine], clock.today())
    assert both[mine].modules["W2"].status is status.Status.BOOKED


def test_who_came_has_a_record_that_counts(session, full, officer):
    it, bookings = full
    with pytest.raises(Refused, match="not begun"):
        attendance.mark(session, it, [], by=officer, at=clock.now())
    over(it)
    attendance.mark(session, it, [bookings[0].reference], by=officer, at=clock.now())
    assert attendance.write_down(session, it, by=officer, at=clock.now()) == 1
    assert states_of(session, bookings) == [s.RECORDED, s.ABSENT, s.WAITING, s.WAITING]
    (made,) = records_of(session, bookings[0].practitioner)
    assert (made.module, made.state, made.checked_by_id) == ("W2", "checked", officer.id)
    assert made.completed_on == clock.london(it.starts_at).date()
    assert [e.verb for e in made.events] == ["see"]
    # One was there after all: again, and nobody has it twice.
    attendance.mark(session, it, [bookings[1].reference], by=officer, at=clock.now())
    assert attendance.write_down(session, it, by=officer, at=clock.now()) == 1
    assert len(session.scalars(select(TrainingRecord)).all()) == 2


def test_a_session_gives_the_yearly_update_alone(session, client, officer):
    club = accounts.checked_organisation(session)
    win = training.worker(session, club, "volunteer")
    training.checked(session, win, "W2", clock.today() - timedelta(days=400))
    client.sign_in(officer)
    client.post_raw(f"{HOME}new", {**OFFER, "modules": ["W2:update"]})
    (it,) = queries.coming(session, officer, clock.now())
    client.sign_in(win)
    main = client.page(HOME).get_text(" ")
    assert main.index("What you need next") < main.rindex("Yearly safeguarding update")
    mine = training_sessions.booked(session, it, win)
    seen = looking.look(session, win, clock.today()).picture.modules["W2"]
    assert seen.status is status.Status.BOOKED
    over(it)
    attendance.mark(session, it, [mine.reference], by=officer, at=clock.now())
    attendance.write_down(session, it, by=officer, at=clock.now())
    made = records_of(session, mine.practitioner)[0]
    assert (made.module, made.is_update) == ("W2", True)
    assert looking.look(session, win, clock.today()).picture.modules["W2"].counts


def test_a_record_they_had_entered_themselves_is_checked_by_it(session, full, officer):
    it, bookings = full
    over(it)
    ann = bookings[0].practitioner.person
    training.entered(session, ann, "W2", clock.london(it.starts_at).date())
    attendance.mark(session, it, [bookings[0].reference], by=officer, at=clock.now())
    attendance.write_down(session, it, by=officer, at=clock.now())
    (made,) = records_of(session, bookings[0].practitioner)
    assert [e.verb for e in made.events] == ["enter", "see"]
    assert made.state == "checked"


def test_nobody_checks_their_own(session):
    training.pathways(session)
    lead = people.person(session, "Lena Lead")
    club = accounts.checked_organisation(session, lead)
    it = training_sessions.offered(session, club, by=lead)
    mine = training_sessions.booked(session, it, lead)
    over(it)
    attendance.mark(session, it, [mine.reference], by=lead, at=clock.now())
    attendance.write_down(session, it, by=lead, at=clock.now())
    (made,) = records_of(session, mine.practitioner)
    assert made.state == "awaiting check"


def test_a_place_given_up_with_the_account_goes_to_who_waits(session, full):
    _, bookings = full
    ann = bookings[0].practitioner.person
    keeping.erasure.erase(session, ann, by=ann, at=clock.now())
    assert states_of(session, bookings)[2] == s.BOOKED


def test_who_came_is_forgotten_after_years(session, full):
    it, _ = full
    clock.freeze(it.ends_at + timedelta(days=900))
    assert list(keeping.retention.due(session, clock.now())) == [it.id]
    keeping.retention.take_away(session, it.id, clock.now())
    session.commit()
    assert session.scalars(select(TrainingBooking)).all() == []
    assert list(keeping.retention.due(session, clock.now())) == []


# Pages


def test_offered_booked_and_into_the_calendar(session, client, officer):
    client.sign_in(officer)
    assert client.post_raw(f"{HOME}new", OFFER).status_code == 303
    (it,) = queries.coming(session, officer, clock.now())
    assert (it.title, it.modules, it.capacity) == ("First aid", ["K4"], 12)
    win = people.person(session, "Win Wood")
    client.sign_in(win)
    address = f"{HOME}{it.reference}"
    client.post_raw(f"{address}/book", {})
    mine = queries.standing_booking(session, it, practitioner_of(session, win))
    assert mine.state == s.BOOKED
    calendar = client.get(f"{HOME}bookings/{mine.reference}/calendar")
    (event,) = Calendar.from_ical(calendar.data).walk("VEVENT")
    assert (str(event["summary"]), event["dtstart"].dt) == ("First aid", it.starts_at)
    client.post_raw(f"{HOME}bookings/{mine.reference}/cancel", {})
    assert queries.standing_booking(session, it, practitioner_of(session, win)) is None
    assert "You gave up your place." in client.get(address).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"modules": ["Z9"]}, "Choose one module"),
        ({"ends": "9am"}, "after it begins"),
        ({"day": "16 March 2020"}, "still to come"),
        ({"place": ""}, "an address, a link"),
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"capacity": "0"}, "from 1 to 500"),
        ({"for_whom": "x"}, "Choose who can book"),
    ],
)
def test_what_is_odd_is_said(client, officer, changed, said):
    client.sign_in(officer)
    answer = client.post_raw(f"{HOME}new", {**OFFER, **changed})
    assert answer.status_code == 422
    assert said in soup(answer).main.get_text()


def test_the_link_is_shown_to_who_has_a_place_only(session, client, full):
    it, bookings = full
    for place, sees in ((0, True), (2, False)):
        client.sign_in(bookings[place].practitioner.person)
        assert ("meet.example" in client.page(f"{HOME}{it.reference}").get_text()) is sees


def test_what_a_role_needs_comes_first(session, client, officer):
    training_sessions.offered(session, by=officer, title="For others", modules=["S2"])
    later = clock.now() + timedelta(days=30)
    training_sessions.offered(session, by=officer, title="For me", starts_at=later)
    club = accounts.checked_organisation(session)
    client.sign_in(training.worker(session, club, "volunteer"))
    found = [h.get_text() for h in soup(client.get(HOME)).select("h2, h3")]
    assert found.index("For me") < found.index("For others")
    found = soup(client.get(f"{HOME}?module=S2")).main.get_text()
    assert "For others" in found
    assert "For me" not in found


def test_only_ones_own_see_what_is_not_open_to_all(session, client, officer):
    lead = people.person(session, "Lena Lead")
    club = accounts.checked_organisation(session, lead)
    it = training_sessions.offered(session, club, by=lead, open_to_all=False)
    client.sign_in(people.person(session))
    assert client.get(f"{HOME}{it.reference}").status_code == 404
    assert it.title not in client.page(HOME).get_text()
    client.sign_in(accounts.member(session, club, "viewer"))
    assert it.title in client.page(HOME).get_text()


def test_a_lead_books_for_the_team(session, client, officer):
    lead = people.person(session, "Lena Lead")
    club = accounts.checked_organisation(session, lead)
    win = training.worker(session, club, "volunteer")
    it = training_sessions.offered(session, by=officer)
    mine = practitioner_of(session, win)
    client.sign_in(lead)
    client.post_raw(f"{HOME}{it.reference}/team", {"people": [mine.reference]})
    made = queries.standing_booking(session, it, mine)
    assert (made.state, made.asked_by_id) == (s.BOOKED, lead.id)
    assert mails(session, "booked")[-1].address == win.email
    stranger = training.practitioner(session, people.person(session))
    with pytest.raises(Refused, match="your team"):
        booking.book(session, it, stranger, wait=True, by=lead, at=clock.now())


def test_the_code_in_the_room(session, client, full, officer):
    it, bookings = full
    client.sign_in(officer)
    assert it.code in client.page(f"{HOME}{it.reference}/code").get_text()
    client.sign_in(bookings[0].practitioner.person)
    answer = client.post_raw(f"{HOME}here", {"code": it.code.lower()})
    assert answer.location.endswith(it.code)
    assert client.post_raw(f"{HOME}here/{it.code}", {}).status_code == 422  # long before
    clock.freeze(it.starts_at - timedelta(minutes=10))
    assert client.post_raw(f"{HOME}here/{it.code}", {}).status_code == 303
    assert states_of(session, bookings)[0] == s.PRESENT
    assert client.post_raw(f"{HOME}here", {"code": "XXXX-XXXX"}).status_code == 422


def test_the_list_and_the_records_in_one_step(session, client, full, officer):
    it, bookings = full
    over(it)
    client.sign_in(officer)
    body = {"came": [bookings[1].reference], "do": "record"}
    assert client.post_raw(f"{HOME}{it.reference}/people", body).status_code == 303
    assert states_of(session, bookings)[:2] == [s.ABSENT, s.RECORDED]
    (made,) = records_of(session, bookings[1].practitioner)
    assert made.state == "checked"


def test_nobody_offers_for_a_club_they_do_not_lead(session, client, officer):
    lead = people.person(session, "Lena Lead")
    accounts.checked_organisation(session, lead, name="Kites")
    accounts.checked_organisation(session, name="Other Side")
    client.sign_in(lead)
    for whose in ("-", "other-side"):
        client.post_raw(f"{HOME}new", {**OFFER, "whose": whose})
    assert {it.organisation.slug for it in queries.run_by(session, officer, 1)} <= {"kites"}
