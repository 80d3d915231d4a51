"""What everybody sees of workers' pledges: a count, and those who chose to be shown."""

import pytest
from sqlalchemy import select

from charter.models import WorkerPledge, WorkerTally
from tests.builders import charter as build
from tests.builders import people, workers
from tests.charter.conftest import standing
from tests.charter.counting import statements
from tests.charter.test_public_cost import _empty_shelf
from tools.bench.workers import Workers
from web.mail.models import OutboxMail

MOST = 12
ADDRESSES = (
    "/",
    "/workers",
    "/workers?page=1",
    "/workers?area=nottingham",
    "/workers?area=everywhere",
)


@pytest.fixture
def agreed(session):
    return build.agreed_charter(session)


def told(client, address="/workers"):
    return " ".join(client.page(address).main.get_text(" ").split())


def test_only_those_are_shown_who_chose_it_and_have_confirmed(client, session, agreed):
    workers.pledge(session, "Shown", shown=True, role="coach", email="not-this@example.org")
    workers.pledge(session, "Hidden", role="mentor", area="rushcliffe")
    workers.pledge(session, "Waits", shown=True, state="unconfirmed")
    workers.pledge(session, "Gone", shown=True, state="withdrawn")
    page = told(client)
    assert "Shown" in page
    assert "Coach or instructor" in page
    for kept in ("Hidden", "Waits", "Gone", "not-this", "example.org"):
        assert kept not in page
    lines = client.page("/workers").select(".entries li")
    assert len(lines) == 1  # nothing of the others, nor their number
    assert "Mentor" not in lines[0].get_text()
    assert "Nobody is shown here yet" in told(client, "/workers?area=rushcliffe")


@pytest.mark.parametrize(("signed", "named"), [(4, False), (5, True), (6, True)])
def test_a_count_of_people_under_five_is_not_named(client, session, agreed, signed, named):
    for number in range(signed):
        workers.pledge(session, f"W{'abcdef'[number]}")
    assert (f"{signed} people who work with young people have signed" in told(client)) == named
    front = told(client, "/")
    assert (f"And {signed} people who work with young people" in front) == named


def test_the_count_follows_at_once(client, session, agreed):
    made = [workers.pledge(session, f"W{'abcdef'[number]}") for number in range(6)]
    assert "6 people who work" in told(client)
    from charter.workers import actions
    from charter.workers.rules import BY_LINK
    from web import clock

    actions.withdraw(session, made[0], by=BY_LINK, at=clock.now())
    session.commit()
    assert "5 people who work" in told(client)


def test_the_list_knows_nobody_and_sets_no_cookie(client, session, agreed):
    answer = client.get("/workers")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    etag = answer.headers["ETag"]
    assert client.get("/workers", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [("/workers?area=atlantis", 422), ("/workers?page=99", 404), ("/workers?page=x", 200),
     ("/workers?area=%00", 400), ("/workers/7K3M-Q2PX-7K3M-Q2PX", 404),
     ("/workers/7K3M/certificate.pdf", 404)],
)  # fmt: skip
def test_addresses_that_lead_nowhere(client, agreed, address, status):
    assert client.get(address).status_code == status


def test_what_is_not_confirmed_has_no_page_and_no_certificate(client, session, agreed):
    pledge = workers.pledge(session, "Waits", state="unconfirmed")
    assert len(pledge.reference) == 19  # 28 letters, 16 of them: nobody guesses that
    assert client.get(f"/workers/{pledge.reference}").status_code == 404
    assert client.get(f"/workers/{pledge.reference}/certificate.pdf").status_code == 404


def test_its_own_page_is_in_no_search_engine(client, session, agreed):
    pledge = workers.pledge(session, "Amina")
    page = client.page(f"/workers/{pledge.reference}")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert "Amina has signed" in page.h1.get_text()
    assert "no licence" in page.main.get_text()


def test_pages_lead_on_and_back(app):
    def fill(session):
        build.agreed_charter(session)
        Workers(session.connection(), _areas()).add(200)

    with standing(app, fill) as client:
        first = client.page("/workers?area=nottingham")
        assert len(first.select(".entries li")) == 20
        second = client.page(first.select_one("a[rel=next]")["href"])
        assert "area=nottingham" in first.select_one("a[rel=next]")["href"]
        assert second.select_one(".entries")["start"] == "21"
        names = [li.h3.get_text() for page in (first, second) for li in page.select(".entries li")]
        assert names == sorted(names)
        assert second.select_one("a[rel=prev]")


def _areas():
    return [area.key for area in build.scheme().areas]


def _costs(app, pledges):
    def fill(session):
        build.agreed_charter(session)
        Workers(session.connection(), _areas()).add(pledges)

    costs = {}
    with standing(app, fill) as client:
        for address in ADDRESSES:
            _empty_shelf(app)
            with statements(app) as said:
                assert client.get(address).status_code == 200, address
            costs[address] = len(said)
    return costs


@pytest.fixture(scope="module")
def costs(app):
    return {pledges: _costs(app, pledges) for pledges in (10, 1000)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_as_much_of_ten_as_of_a_thousand(costs, address):
    assert costs[10][address] == costs[1000][address] <= MOST


def test_the_bench_counts_as_the_portal_counts(app):
    """What the bench writes by hand is what the portal would have written."""
    from charter.workers import queries

    def fill(session):
        build.agreed_charter(session)
        Workers(session.connection(), _areas()).add(300)
        tallies = list(session.scalars(select(WorkerTally)))
        assert {t.area: (t.pledged, t.listed) for t in tallies} == {
            t.area: queries.count(session, t.area) for t in tallies
        }
        assert session.scalars(select(WorkerPledge).limit(1)).one().first_name

    with standing(app, fill):
        pass


def test_the_team_takes_a_line_off_the_list_and_the_person_hears(client, session, agreed):
    shown = workers.pledge(session, "Rude", shown=True)
    hidden = workers.pledge(session, "Quiet")
    client.sign_in(people.officer(session))
    page = client.page("/team/workers")
    assert "Rude" in page.main.get_text()
    assert "Quiet" not in page.main.get_text()  # the team sees nobody who is not public
    client.send("/team/workers", press="Take Rude off")
    assert "Nobody is shown here yet" in told(client)
    session.refresh(shown)
    assert (shown.state, shown.shown) == ("live", False)
    kinds = select(OutboxMail.kind).where(OutboxMail.address == shown.email)
    assert "charter/worker-hidden" in session.scalars(kinds).all()
    session.refresh(hidden)
    assert hidden.state == "live"


def test_the_teams_list_asks_as_much_of_few_as_of_many(app):
    costs = []
    for many in (10, 200):

        def fill(session, many=many):
            build.agreed_charter(session)
            Workers(session.connection(), _areas()).add(many)

        with standing(app, fill) as client:
            with app.app_context(), app.extensions["database"].session(writes=True) as session:
                client.sign_in(people.officer(session))
            with statements(app) as said:
                assert client.get("/team/workers").status_code == 200
            costs.append(len(said))
    assert costs[0] == costs[1]
