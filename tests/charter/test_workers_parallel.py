"""Real threads: one address has one pledge, and a button held down signs once."""

import pytest
from sqlalchemy import func, select

from charter.models import ListedWorker, WorkerPledge, WorkerPledgeEvent, WorkerTally
from tests.builders import charter as build
from tests.builders import workers
from tests.client import soup
from tests.parallel import at_once
from web.mail.models import OutboxMail

pytestmark = pytest.mark.slow

FORM = "/pledge/worker"
YOU = {"first_name": "Sam", "role": "coach", "area": "gedling", "email": "sam@example.org"}


@pytest.fixture
def made(own_app):
    """One live pledge, and one that waits, both to be shown."""
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        workers.pledge(session, "Lee", area="gedling", shown=True)
        waits = workers.pledge(session, "Kim", area="gedling", shown=True, state="unconfirmed")
        with own_app.test_request_context():
            token = workers.token(waits)
    return token


def test_eight_send_the_same_address_at_once(own_app, made):
    clients = [own_app.test_client() for _ in range(8)]
    ready = []
    for client in clients:
        client.send(FORM, press="I will keep these")
        client.send(f"{FORM}/you", press="Go on", **YOU)
        ready.append((client, client.token()))
    answers = at_once(
        *(lambda c=c, t=t: c.post(f"{FORM}/check", data={"csrf_token": t}) for c, t in ready)
    )
    codes = sorted(answer.status_code for answer in answers)
    assert set(codes) <= {303, 429}
    with own_app.app_context(), own_app.extensions["database"].session(writes=False) as session:
        mine = WorkerPledge.email == "sam@example.org"
        assert session.scalar(select(func.count()).where(mine)) == 1
        mails = select(func.count()).where(OutboxMail.address == "sam@example.org")
        assert session.scalar(mails) == 1


def test_a_held_down_button_signs_once(own_app, made):
    mine = f"{FORM}/mine/{made}"
    clients = [own_app.test_client() for _ in range(6)]
    ready = []
    for client in clients:
        seen = soup(client.get(mine)).select_one("input[name=seen]")["value"]
        ready.append((client, {"seen": seen, "csrf_token": client.token()}))
    answers = at_once(*(lambda c=c, d=d: c.post(mine, data=d) for c, d in ready))
    assert {answer.status_code for answer in answers} == {303}
    with own_app.app_context(), own_app.extensions["database"].session(writes=False) as session:
        assert session.scalar(select(func.count(WorkerPledgeEvent.id))) == 2
        assert session.scalar(select(WorkerTally.pledged)) == 2
        assert session.scalar(select(func.count(ListedWorker.pledge_id))) == 2


def test_many_sign_in_one_area_at_once_and_all_are_counted(own_app, made):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        waiting = [workers.pledge(session, f"W{'abcdef'[n]}", area="gedling",
                                  state="unconfirmed") for n in range(6)]  # fmt: skip
        with own_app.test_request_context():
            tokens = [workers.token(p) for p in waiting]
    ready = []
    for token in tokens:
        client = own_app.test_client()
        mine = f"{FORM}/mine/{token}"
        seen = soup(client.get(mine)).select_one("input[name=seen]")["value"]
        ready.append((client, mine, {"seen": seen, "csrf_token": client.token()}))
    answers = at_once(*(lambda c=c, a=a, d=d: c.post(a, data=d) for c, a, d in ready))
    assert {answer.status_code for answer in answers} == {303}
    with own_app.app_context(), database.session(writes=False) as session:
        assert session.scalar(select(WorkerTally.pledged)) == 7
