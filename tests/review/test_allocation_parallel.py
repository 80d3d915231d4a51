"""Real threads on a database of their own: officers and assessors at the same moment."""

import pytest
from sqlalchemy import func, select

from review import states
from review.models import Allocation, Case
from tests.builders import accounts, people, sending
from tests.builders import group as groups
from tests.builders import review as build
from tests.parallel import at_once
from web import clock

pytestmark = pytest.mark.slow


@pytest.fixture
def world(own_app):
    """Two cases, one waiting and one whose assessors are asked; two officers, an assessor."""
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        group = groups.group(session)
        for name in ("Kites", "Harbour"):
            club = accounts.checked_organisation(session, name=name)
            sending.sent(session, sending.ready(session, club))
        first, _second = session.scalars(select(Case).order_by(Case.id)).all()
        build.case_at(session, group, states.ALLOCATED, first.submission)
        session.commit()
        who = (group.officer, people.officer(session, "Petra"), group.assessors[0])
        session.commit()
        known = {"asked": first.reference, "part": first.allocations[0].reference}
        assert first.allocations[0].person_id == group.assessors[0].id
        browsers = [browser(own_app, one) for one in who]
    return own_app, known, browsers


def browser(app, who):
    client = app.test_client()
    client.sign_in(who)
    client.page("/my/")
    return client


def press(client, address, **typed):
    token = client.token()
    return lambda: client.post(address, data={"csrf_token": token, **typed})


def one(app, what):
    database = app.extensions["database"]
    with app.app_context(), database.session(writes=False) as session:
        return session.execute(what).all()


def test_two_officers_propose_and_ask_at_once(world):
    app, _known, (olu, petra, _ada) = world
    for step in ("propose", "ask"):
        answers = at_once(*(press(c, f"/team/allocation/{step}") for c in (olu, petra)))
        assert [a.status_code for a in answers] == [303, 303]
    found = one(app, select(Allocation.case_id, Allocation.state, func.count())
                .group_by(Allocation.case_id, Allocation.state))  # fmt: skip
    assert sorted(row[2] for row in found) == [2, 2], "two of each case, and none twice"
    assert {row[1] for row in found} == {"asked"}


def test_an_assessor_says_yes_while_an_officer_takes_them_out(world):
    """Whichever comes first, the other is told; the part stands or is over, never both."""
    app, known, (olu, _petra, ada) = world
    answers = at_once(
        press(
            olu, f"/team/cases/{known['asked']}/assessors/{known['part']}/take-out", seen="asked"
        ),
        press(ada, f"/assess/{known['asked']}/part", do="accept"),
    )
    ((state,),) = one(app, select(Allocation.state).where(Allocation.reference == known["part"]))
    codes = [a.status_code for a in answers]
    assert (state, codes) in (("accepted", [422, 303]), ("replaced", [303, 409]))
    ((case,),) = one(app, select(Case.state).where(Case.reference == known["asked"]))
    assert case == (states.ALLOCATED if state == "accepted" else states.WAITING)


def test_both_assessors_say_yes_at_once_and_the_reading_begins_once(world):
    app, known, (*_officers, ada) = world
    database = app.extensions["database"]
    with app.app_context(), database.session(writes=True) as session:
        parts = select(Allocation).where(Allocation.reference != known["part"])
        other = browser(app, session.scalars(parts).one().person)
    where = f"/assess/{known['asked']}/part"
    answers = at_once(*(press(c, where, do="accept") for c in (ada, other)))
    assert [a.status_code for a in answers] == [303, 303]
    ((state, due_on),) = one(
        app, select(Case.state, Case.due_on).where(Case.reference == known["asked"])
    )
    assert state == states.DESK
    days = one(app, select(Allocation.due_on))
    assert {row[0] for row in days} == {due_on}
    assert due_on > clock.today()
