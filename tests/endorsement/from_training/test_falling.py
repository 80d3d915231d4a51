"""An essential that was met when it was sent, and is met no more."""

from datetime import timedelta

import pytest

from endorsement.from_training.falling import fallen, watch
from endorsement.from_training.telling import reminders
from tests.builders import people, sending
from tests.builders import training as trainings
from tests.charter.counting import statements
from tests.client import soup
from tests.endorsement.from_training.test_pages import MODULES, standard_page, trained, words
from web import clock

DAY = timedelta(days=1)


@pytest.fixture
def sent(session, ready, club):
    trainings.pathways(session)
    trained(session, club, *MODULES)
    return sending.sent(session, ready)


def watched(session):
    said = watch(session, clock.now())
    session.commit()
    return said


def test_what_still_holds_does_not_fall(session, sent):
    assert watched(session) == "0 fell, 0 mended"
    assert fallen(session, clock.now()) == []


def test_it_falls_with_time_is_told_and_can_be_put_right(session, client, sent, club, lead):
    clock.freeze(clock.now() + 400 * DAY)  # the yearly update of W2 is missing
    assert watched(session) == "1 fell, 0 mended"
    assert watched(session) == "0 fell, 0 mended", "once is enough"
    (fall,) = fallen(session, clock.now())
    assert (fall.organisation, fall.standard, fall.over) == (club, "E2", False)
    assert fall.grace_until == clock.today() + 90 * DAY
    (told,) = reminders(session, clock.now())
    assert told.person_id == lead.id
    assert "is below what you sent" in told.sentence
    client.sign_in(lead)
    page = words(standard_page(client, club.slug))
    assert "this is below what you sent" in page
    team = people.officer(session)
    client.sign_in(team)
    desk = client.get("/team/essentials/")
    assert "Kites" in words(desk)
    assert not soup(desk).select(".govuk-tag--red")

    clock.freeze(clock.now() + 91 * DAY)
    assert fallen(session, clock.now())[0].over
    (again,) = reminders(session, clock.now())
    assert (again.key != told.key, "still below" in again.sentence) == (True, True)
    client.sign_in(team)
    assert soup(client.get("/team/essentials/")).select(".govuk-tag--red")

    for person in (m.practitioner for m in members(session, club)):
        for module in MODULES:
            trainings.checked(session, person.person, module)
    assert watched(session) == "0 fell, 1 mended"
    assert fallen(session, clock.now()) == []


def members(session, club):
    from training import versions
    from training.team import queries

    return queries.team(session, club, versions.newest(session).pathways, clock.today())


def test_another_colleague_without_the_basics_is_enough(session, sent, club):
    for number in range(6):
        trained(session, club, *MODULES, name=f"Person {number}")
    assert watched(session) == "0 fell, 0 mended"
    trained(session, club, *(m for m in MODULES if m != "W2"), name="Nell New")
    assert watched(session) == "1 fell, 0 mended"


def test_what_was_taken_back_falls_no_more(session, sent):
    clock.freeze(clock.now() + 400 * DAY)
    watched(session)
    sending.withdrawn(session, sent)
    assert watched(session) == "0 fell, 1 mended"


def test_what_was_not_met_when_it_was_sent_cannot_fall(session, ready, club):
    trainings.pathways(session)
    trained(session, club, "W1")
    sending.sent(session, ready)
    clock.freeze(clock.now() + 400 * DAY)
    assert watched(session) == "0 fell, 0 mended"


def test_looking_takes_one_statement(app, session, sent):
    clock.freeze(clock.now() + 400 * DAY)
    watched(session)
    session.expire_all()
    with statements(app) as said:
        fallen(session, clock.now())
    assert len(said) == 1
