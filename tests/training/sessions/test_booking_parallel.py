"""Real threads, real connections: forty book the last five places, and five have one."""

import pytest
from sqlalchemy import func, select

from tests.builders import people, training, training_sessions
from tests.parallel import at_once, browser
from training.models import TrainingBooking, TrainingSession
from training.sessions import booking
from training.sessions.states import BOOKED, CANCELLED, TAKES_A_PLACE, WAITING
from web import clock
from web.workflow import Refused

pytestmark = pytest.mark.slow

FORTY = 40


def reading(app):
    return app.extensions["database"].session(writes=False)


def counted(app):
    """By state, how many bookings there are."""
    with app.app_context(), reading(app) as session:
        wanted = select(TrainingBooking.state, func.count()).group_by(TrainingBooking.state)
        return dict(session.execute(wanted).all())


@pytest.fixture
def last_five(own_app):
    """A session of eight with three booked, and forty practitioners who want to come."""
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        training.pathways(session)
        it = training_sessions.offered(session, capacity=8)
        for _ in range(3):
            training_sessions.booked(session, it)
        people_ = [people.person(session) for _ in range(FORTY)]
        for person in people_:
            training.practitioner(session, person)
        return it.id, it.reference, [person.id for person in people_]


@pytest.mark.parametrize("wait", [True, False])
def test_forty_book_the_last_five_at_once(own_app, last_five, wait):
    session_id, _, persons = last_five

    def booking_of(person_id):
        def call():
            with own_app.app_context():
                return _book(own_app, session_id, person_id, wait=wait)

        return call

    said = at_once(*(booking_of(number) for number in persons))
    rest = WAITING if wait else "refused"
    assert sorted(said) == sorted([BOOKED] * 5 + [rest] * 35)
    assert counted(own_app).get(BOOKED) == 8
    assert counted(own_app).get(WAITING, 0) == (35 if wait else 0)


def _book(app, session_id, person_id, *, wait):
    from accounts.models import Person
    from training.records.queries import practitioner_of

    with app.extensions["database"].session(writes=True) as session:
        person = session.get(Person, person_id)
        it = session.get(TrainingSession, session_id)
        mine = practitioner_of(session, person)
        try:
            made = booking.book(session, it, mine, wait=wait, by=person, at=clock.now())
        except Refused:
            session.rollback()
            return "refused"
        state = made.state
        session.commit()
        return state


def test_twelve_browsers_press_book_for_the_last_places(own_app, last_five):
    _, reference, persons = last_five
    from accounts.models import Person

    with own_app.app_context(), reading(own_app) as session:
        clients = [browser(own_app, session.get(Person, number)) for number in persons[:12]]
    address = f"/my/training/sessions/{reference}/book"
    tokens = [client.token() for client in clients]
    answers = at_once(
        *(
            lambda c=c, t=t: c.post(address, data={"csrf_token": t}).status_code
            for c, t in zip(clients, tokens, strict=True)
        )
    )
    assert set(answers) == {303}
    assert counted(own_app) == {BOOKED: 8}


def test_a_button_held_down_books_once(own_app, last_five):
    session_id, _, persons = last_five

    def call():
        with own_app.app_context():
            return _book(own_app, session_id, persons[0], wait=True)

    assert sorted(at_once(*[call] * 6)) == sorted([BOOKED] + ["refused"] * 5)
    assert counted(own_app) == {BOOKED: 4}


def test_places_given_up_at_once_go_to_the_first_who_wait(own_app, last_five):
    session_id, _, persons = last_five
    for number in persons[:12]:  # five places, seven wait
        with own_app.app_context():
            _book(own_app, session_id, number, wait=True)
    assert counted(own_app) == {BOOKED: 8, WAITING: 7}

    def giving_up(person_id):
        def call():
            with own_app.app_context():
                return _cancel(own_app, session_id, person_id)

        return call

    at_once(*(giving_up(number) for number in persons[:4]))
    assert counted(own_app) == {BOOKED: 8, WAITING: 3, CANCELLED: 4}
    with own_app.app_context(), reading(own_app) as session:
        wanted = select(TrainingBooking.asked_by_id).where(TrainingBooking.state.in_(TAKES_A_PLACE))
        assert set(persons[4:9]) <= set(session.scalars(wanted))


def _cancel(app, session_id, person_id):
    from accounts.models import Person

    with app.extensions["database"].session(writes=True) as session:
        wanted = select(TrainingBooking).where(
            TrainingBooking.session_id == session_id, TrainingBooking.asked_by_id == person_id
        )
        mine = session.scalars(wanted).one()
        booking.cancel(session, mine, by=session.get(Person, person_id), at=clock.now())
        session.commit()
        return True
