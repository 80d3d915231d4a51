"""Real threads on a database of their own: two answer, merge, undo or leave at the same moment."""

import pytest
from sqlalchemy import func, select

from accounts.models import Membership, Merger, Organisation, OrganisationAddress, Project
from tests.builders import accounts as build
from tests.builders import people
from tests.client import soup
from tests.parallel import at_once

pytestmark = pytest.mark.slow


@pytest.fixture
def world(own_app):
    """Two clubs, their leads and two officers, each with a browser."""
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        lead = people.person(session, "Lena")
        harbour = build.checked_organisation(session, lead, name="Harbour Youth")
        build.checked_organisation(session, lead, name="Quayside Kids")
        second = build.member(session, harbour, "lead", "Lars")
        asked = build.asks_to_join(session, harbour, people.person(session, "Sam"))
        officers = [people.officer(session, name) for name in ("Olu", "Petra")]
        browsers = [browser(own_app, who) for who in (lead, second, *officers)]
        reference = asked.reference
    return own_app, reference, browsers


def browser(app, who):
    client = app.test_client()
    client.sign_in(who)
    client.page("/my/")
    return client


def press(client, address, **typed):
    token = client.token()
    return lambda: client.post(address, data={"csrf_token": token, **typed})


def all_of(app, what):
    database = app.extensions["database"]
    with app.app_context(), database.session(writes=False) as session:
        return session.scalars(what).all()


def statuses(answers):
    return sorted(answer.status_code for answer in answers)


def test_two_leads_answer_one_request(world):
    _app, reference, (one, other, *_rest) = world
    address = f"/my/organisations/harbour-youth/requests/{reference}"
    answers = at_once(
        press(one, address, do="accept", role="editor"), press(other, address, do="decline")
    )
    assert statuses(answers) == [303, 409]
    late = next(a for a in answers if a.status_code == 409)
    assert "answered already" in soup(late).main.get_text()


def test_two_leads_let_the_same_person_in(world):
    app, reference, (one, other, *_rest) = world
    address = f"/my/organisations/harbour-youth/requests/{reference}"
    answers = at_once(*(press(c, address, do="accept", role="editor") for c in (one, other)))
    assert statuses(answers) == [303, 409]
    assert len(all_of(app, select(Membership).where(Membership.role == "editor"))) == 1


def test_two_officers_merge_each_way(world):
    app, _, (*_leads, olu, petra) = world
    there = "/team/organisations/harbour-youth/merge/quayside-kids"
    back = "/team/organisations/quayside-kids/merge/harbour-youth"
    answers = at_once(press(olu, there), press(petra, back))
    assert statuses(answers) == [303, 409]
    assert len(all_of(app, select(Merger.id))) == 1
    assert all_of(app, select(func.count()).where(Organisation.state == "closed")) == [1]


def test_a_held_down_button_merges_once_and_undoes_once(world):
    app, _, (*_leads, olu, petra) = world
    there = "/team/organisations/harbour-youth/merge/quayside-kids"
    assert statuses(at_once(press(olu, there), press(petra, there))) == [303, 409]
    (reference,) = all_of(app, select(Merger.reference))
    page = f"/team/mergers/{reference}"
    assert statuses(at_once(press(olu, page), press(petra, page))) == [303, 422]
    assert all_of(app, select(Organisation.state).order_by(Organisation.id)) == ["checked"] * 2


def test_undoing_while_somebody_adds_a_project(world):
    """Whatever comes first, the new project is the one's that stays, and nothing fails."""
    app, _, (lead, _second, olu, _petra) = world
    olu.post_raw("/team/organisations/harbour-youth/merge/quayside-kids", {})
    (reference,) = all_of(app, select(Merger.reference))
    typed = {"name": "Friday night", "sort": "group", "areas": "ashfield"}
    answers = at_once(
        press(olu, f"/team/mergers/{reference}"),
        press(lead, "/my/organisations/harbour-youth/projects/new", **typed),
    )
    assert statuses(answers) == [303, 303]
    owner = select(Organisation.slug).join(Project)
    assert all_of(app, owner) == ["harbour-youth"]


def test_two_take_one_name_at_once(world):
    app, _, (lead, second, *_officers) = world
    calls = []
    for slug, client in (("harbour-youth", second), ("quayside-kids", lead)):
        address = f"/my/organisations/{slug}/details"
        page = soup(client.get(address))
        data = {i["name"]: i.get("value", "") for i in page.select("main form input[type=hidden]")}
        typed = {"kind": "club", "areas": "ashfield", "volunteer_run": "yes"}
        typed["name"] = "Zephyr Wheels"
        calls.append(lambda c=client, a=address, d=data | typed: c.post(a, data=d))
    answers = at_once(*calls)
    assert {a.status_code for a in answers} <= {303, 422}
    slugs = all_of(app, select(Organisation.slug).order_by(Organisation.slug))
    assert len(set(slugs)) == 2
    addresses = all_of(app, select(OrganisationAddress.slug))
    assert set(slugs) <= set(addresses)


def test_the_last_two_leads_leave_at_once(world):
    app, _, (one, other, *_officers) = world
    references = all_of(
        app,
        select(Membership.reference).where(Membership.organisation_id == 1).order_by(Membership.id),
    )
    home = "/my/organisations/harbour-youth/colleagues"
    answers = at_once(
        *(
            press(client, f"{home}/{reference}/end")
            for client, reference in zip((one, other), references, strict=True)
        )
    )
    assert statuses(answers) == [303, 422], "one leaves, the other is the last and is told so"


def test_statements_do_not_grow_with_rows(world):
    """The pages of this stream, with few and with many."""
    from tests.charter.counting import statements

    app, _, (lead, _second, olu, _petra) = world
    database = app.extensions["database"]
    pages = [
        (lead, "/my/organisations/harbour-youth/colleagues"),
        (lead, "/my/organisations/harbour-youth/history"),
        (lead, "/my/"),
        (olu, "/team/leads"),
        (olu, "/team/names/"),
        (olu, "/my/join?q=club"),
        (olu, "/team/organisations/harbour-youth/merge/quayside-kids"),
    ]

    def asked() -> list[int]:
        found = []
        for client, page in pages:
            with statements(app) as said:
                client.page(page.split("?")[0], **({"q": "club"} if "?" in page else {}))
            found.append(len(said))
        return found

    def grow(names: list[str]) -> None:
        with app.app_context(), database.session(writes=True) as session:
            clubs = session.scalars(select(Organisation).order_by(Organisation.id).limit(2))
            harbour, quayside = clubs.all()
            for name in names:
                build.asks_to_join(session, harbour, people.person(session, name))
                build.member(session, quayside, "viewer", name)
                build.project(session, quayside)
                club = build.checked_organisation(session, name=f"{name} Club")
                build.last_lead_leaves(session, club)
                build.asks_to_join(session, club, people.person(session, name))
                den = build.checked_organisation(session, name=f"{name} Den")
                build.renamed(session, den, f"Upper {name} Street Nook")

    grow(["Albion", "Beacon"])
    few = asked()
    grow(["Copper", "Dunlin", "Ember", "Falcon", "Gable", "Harrow", "Iris", "Juniper"])
    assert asked() == few
