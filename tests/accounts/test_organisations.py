"""Registering an organisation, its desk, and two who change it at once."""

from itertools import product
from types import SimpleNamespace

import pytest
from sqlalchemy import event, func, select

from accounts.actions import colleagues
from accounts.actions.organisations import check_organisation, close_organisation
from accounts.models import Membership, Organisation
from accounts.organisation_moves import TRANSITIONS, as_markdown
from tests.builders import accounts as build
from tests.builders.people import officer, person
from tests.client import PortalClient, soup
from web import clock
from web.audit.verify import verify
from web.mail import OutboxMail
from web.mail.writing import write
from web.settings import ROOT
from web.workflow import Refused, obstacles

NEW = "/my/organisations/new"
KITES = {"name": "Kites Youth Club", "kind": "club", "areas": ["ashfield"], "volunteer_run": "yes"}


MAY = {
    "check": {"unchecked"},
    "close": {"unchecked", "checked"},
    "merge": {"unchecked", "checked"},
    "open again": {"closed"},
    "open again, unchecked": set(),  # this one was checked before it closed
}


@pytest.mark.once
def test_the_docs_show_the_states_as_they_are():
    written = (ROOT / "docs" / "states-of-an-organisation.md").read_text("utf-8")
    assert written == as_markdown(), "run: make docs"


def test_who_may_make_which_move(session):
    """Every person × state × verb.  What is not listed is refused."""
    club = build.checked_organisation(session, name="Kites")
    tied = officer(session, "Tied")
    asked = build.invitation(session, club, tied.email, "viewer")
    colleagues.accept_invitation(session, asked, by=tied, at=clock.now())
    session.commit()
    team = officer(session)
    who = {"stranger": person(session), "lead": build.lead_of(club), "tied": tied, "team": team}
    for state, name, verb in product(("unchecked", "checked", "closed"), who, TRANSITIONS):
        one = SimpleNamespace(id=club.id, state=state, checked_at=clock.now())
        found = obstacles(TRANSITIONS, verb, one, who[name])
        assert (found == []) == (name == "team" and state in MAY[verb]), (name, verb, state, found)
        assert all(sentence.endswith(".") for sentence in found)


def words(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


def organisations(session) -> list[Organisation]:
    session.expire_all()
    return list(session.scalars(select(Organisation).order_by(Organisation.id)))


def test_somebody_without_one_is_asked_to_register(client, session):
    client.sign_in(person(session, email="amina@example.org"))
    page = client.page("/my/")
    assert page.select_one("main .govuk-button")["href"] == NEW
    assert "ask its lead to invite amina@example.org" in page.get_text()


def test_registering_makes_a_lead_of_a_hidden_organisation(client, session):
    amina = person(session)
    client.sign_in(amina)
    answer = client.send(
        NEW,
        **KITES,
        charity_number="sc 012345",
        company_number="01 234567",
        website="Kites.Example.org/",
        public_email="Hello@kites.example.org",
        public_phone="0115  496 0000",
    )
    assert (answer.status_code, answer.location) == (303, "/my/organisations/kites-youth-club")
    (made,) = organisations(session)
    assert (made.state, made.checked_at) == ("unchecked", None)
    assert made.charity_number == "SC012345"
    assert made.company_number == "01234567"
    assert made.website == "https://kites.example.org"
    assert made.public_email == "hello@kites.example.org"
    assert [(m.person_id, m.role) for m in made.memberships] == [(amina.id, "lead")]
    desk = words(client.get(answer.location))
    assert "Not checked yet" in desk
    assert "Only your colleagues and the Charter team can see it" in desk


def test_mistakes_are_said_and_nothing_typed_is_lost(client, session):
    client.sign_in(person(session))
    answer = client.send(
        NEW,
        name="Kites",
        charity_number="12",
        company_number="1234567",
        website="javascript:alert(1)",
        public_email="a@b",
        public_phone="call me",
    )
    assert answer.status_code == 422
    page = soup(answer)
    said = page.select_one(".govuk-error-summary").get_text()
    for sentence in (
        "Choose what your organisation is.",
        "Choose one or more areas where you work.",
        "Choose yes if volunteers run it",
        "Enter a charity number like",
        "put a 0 in front",
        "begins with https://",
        "Enter an email address like",
        "Enter a phone number like",
    ):
        assert sentence in said
    assert page.select_one("[name=website]")["value"] == "javascript:alert(1)"
    assert page.select_one("[name=charity_number]")["value"] == "12"
    assert organisations(session) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Café Élan “Été”", "Café Élan “Été”"),
        ("نادي الشباب", "نادي الشباب"),
        ("Kites 🪁 Club", "Kites 🪁 Club"),
        ("  Kites \t  Club ", "Kites Club"),
        ("Kites\u202eClub", "KitesClub"),
        ("New", "New"),
    ],
)
def test_names_in_any_script(client, session, name, kept):
    client.sign_in(person(session))
    answer = client.send(NEW, **(KITES | {"name": name}), follow=True)
    assert soup(answer).h1.get_text() == kept
    assert organisations(session)[0].slug not in ("", "new")


@pytest.mark.parametrize("name", ["", "🪁🪁🪁", "!", "a", "\0Kites", "K" * 10_000])
def test_names_that_are_none(client, session, name):
    client.sign_in(person(session))
    raw = {k: v for k, v in KITES.items() if k != "name"}
    answer = client.post_raw(NEW, raw | {"name": name.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 422
    assert organisations(session) == []


def test_a_double_click_makes_one(client, session):
    client.sign_in(person(session))
    first, second = client.post_raw(NEW, KITES), client.post_raw(NEW, KITES)
    assert first.location == second.location
    assert len(organisations(session)) == 1


def test_two_of_one_name_have_an_address_each(client, session):
    build.organisation(session)
    client.sign_in(person(session))
    assert client.post_raw(NEW, KITES | {"anyway": "yes"}).location.endswith("/kites-youth-club-2")


@pytest.mark.parametrize(
    ("theirs", "typed"),
    [
        ({"name": "The Kites Youth Club CIC"}, {}),
        ({"name": "Kytes Youth Club"}, {}),
        ({"name": "Kítes yoúth club"}, {}),
        ({"name": "Quite Other", "charity_number": "1234567"}, {"charity_number": "1234567-2"}),
        ({"name": "Quite Other", "company_number": "01234567"}, {"company_number": "01234567"}),
        (
            {"name": "Quite Other", "website": "https://kites.example.org/about"},
            {"website": "www.kites.example.org"},
        ),
    ],
)
def test_a_similar_checked_one_is_shown_and_all_typed_is_kept(client, session, theirs, typed):
    build.checked_organisation(session, **(theirs | {"areas": ["mansfield", "gedling"]}))
    client.sign_in(person(session))
    answer = client.send(NEW, **KITES, **typed, public_phone="0115 496 0000")
    assert soup(answer).h1.get_text() == "Is it here already?"
    assert f"{theirs['name']} (Gedling, Mansfield)" in words(answer)
    assert len(organisations(session)) == 1
    form = soup(answer).select_one("main form")
    again = [(f["name"], f["value"]) for f in form.select("input, button")]
    posted = client.post(
        form["action"], data={k: [v for n, v in again if n == k] for k, _ in again}
    )
    assert posted.status_code == 303
    mine = organisations(session)[1]
    assert (mine.name, mine.areas, mine.public_phone) == (
        "Kites Youth Club",
        ["ashfield"],
        "0115 496 0000",
    )


def test_of_a_similar_unchecked_one_nothing_is_told(client, session):
    build.organisation(session, name="Kites Youth Club Sutton", areas=["mansfield"])
    build.organisation(session, name="Kites Youth Klub", website="https://secret.example.org")
    client.sign_in(person(session))
    said = words(client.send(NEW, **KITES))
    assert "with a name, number or website like this" in said
    assert "Klub" not in said
    assert "secret" not in said


def test_a_shared_host_is_no_likeness(client, session):
    build.checked_organisation(session, name="Quite Other", website="https://facebook.com/other")
    client.sign_in(person(session))
    assert client.send(NEW, **KITES, website="facebook.com/kites").status_code == 303


def test_a_closed_one_is_not_similar(client, session):
    made = build.organisation(session)
    close_organisation(session, made, by=officer(session), at=clock.now())
    session.commit()
    client.sign_in(person(session))
    assert client.send(NEW, **KITES).status_code == 303


def test_outsiders_do_not_learn_that_it_exists(client, session):
    build.organisation(session)
    client.sign_in(person(session))
    for end in ("", "/details", "/colleagues", "/colleagues/invite", "/projects", "/projects/new"):
        assert client.get(f"/my/organisations/kites-youth-club{end}").status_code == 404


def test_a_viewer_looks_and_an_officer_looks(client, session):
    made = build.organisation(session)
    for who in (build.member(session, made, "viewer"), officer(session)):
        client.sign_in(who)
        page = client.page("/my/organisations/kites-youth-club")
        assert not page.select(".govuk-summary-list__actions a")
        assert client.get("/my/organisations/kites-youth-club/details").status_code == 403
        assert client.get("/my/organisations/kites-youth-club/projects/new").status_code == 403


def test_a_closed_one_can_be_seen_and_not_changed(client, session):
    made = build.organisation(session)
    lead = build.lead_of(made)
    close_organisation(session, made, by=officer(session), at=clock.now())
    session.commit()
    client.sign_in(lead)
    assert "Closed" in words(client.get("/my/organisations/kites-youth-club"))
    answer = client.get("/my/organisations/kites-youth-club/details")
    assert answer.status_code == 403
    assert "closed" in words(answer)


def test_only_an_officer_from_outside_checks_and_once(session):
    made = build.organisation(session)
    with pytest.raises(Refused, match="Only the Charter team"):
        check_organisation(session, made, by=build.lead_of(made), at=clock.now())
    own = build.organisation(session, officer(session), name="Own")
    with pytest.raises(Refused, match="You belong"):
        check_organisation(session, own, by=build.lead_of(own), at=clock.now())
    check_organisation(session, made, by=officer(session), at=clock.now())
    session.commit()
    assert (made.state, made.checked_at) == ("checked", clock.now())
    with pytest.raises(Refused, match="checked already"):
        check_organisation(session, made, by=officer(session), at=clock.now())


CHANGE = "/my/organisations/kites-youth-club/details"


def opened(client: PortalClient, address: str = CHANGE) -> dict:
    """The form as it stands in a browser that has it open."""
    form = client.page(address).select_one("main form")
    found: dict = {}
    for f in form.select("input[name], textarea[name]"):
        if f.get("type") in ("checkbox", "radio") and not f.has_attr("checked"):
            continue
        value = f.get_text().removeprefix("\n") if f.name == "textarea" else f.get("value", "")
        found.setdefault(f["name"], []).append(value)
    return found


@pytest.fixture
def two(app, client, session):
    """Two editors of one organisation, each with a browser."""
    made = build.organisation(session)
    client.sign_in(build.lead_of(made))
    other = app.test_client()
    other.sign_in(build.member(session, made))
    return made, client, other


def test_two_who_change_different_fields_both_land(two, session):
    made, one, other = two
    mine, theirs = opened(one), opened(other)
    assert other.post(CHANGE, data=theirs | {"about": "We fly kites."}).status_code == 303
    answer = one.post(CHANGE, data=mine | {"name": "Kites Club", "areas": ["ashfield", "gedling"]})
    assert answer.status_code == 303
    session.refresh(made)
    assert (made.name, made.about) == ("Kites Club", "We fly kites.")
    assert made.areas == ["ashfield", "gedling"]
    assert made.slug == "kites-club", "the address follows the name"


def test_two_who_add_areas_both_land(two, session):
    made, one, other = two
    mine, theirs = opened(one), opened(other)
    other.post(CHANGE, data=theirs | {"areas": ["ashfield", "mansfield"]})
    one.post(CHANGE, data=mine | {"areas": ["gedling"]})
    session.refresh(made)
    assert sorted(made.areas) == ["gedling", "mansfield"]


@pytest.mark.parametrize(
    ("keep", "kept"), [("mine", "We sew kites, and fly them."), ("theirs", "We fly kites.")]
)
def test_two_who_change_one_field_see_both_texts(two, session, keep, kept):
    made, one, other = two
    mine, theirs = opened(one), opened(other)
    other.post(CHANGE, data=theirs | {"about": "We fly kites."})
    collision = one.post(CHANGE, data=mine | {"about": "We sew kites."})
    assert collision.status_code == 422
    page = soup(collision)
    assert page.select_one(".app-both-texts__theirs").get_text() == "We fly kites."
    assert page.select_one("textarea[name=about]").get_text().strip() == "We sew kites."
    session.refresh(made)
    assert made.about == "We fly kites."
    token = page.select_one("[name=opened]")["value"]
    chosen = {"opened": token, "keep-about": keep, "about": "We sew kites, and fly them."}
    assert one.post(CHANGE, data=mine | chosen).status_code == 303
    session.refresh(made)
    assert made.about == kept


@pytest.mark.parametrize("token", ["", "tampered", "W10.x"])
def test_without_knowing_what_was_opened_differences_are_shown(two, session, token):
    _made, one, _ = two
    answer = one.post(CHANGE, data=opened(one) | {"opened": token, "about": "We sew."})
    assert answer.status_code == 422
    assert "They left it empty." in words(answer)


def test_text_typed_when_the_session_ended_still_meets_the_others(two, session):
    """What was opened travels with the parked text."""
    made, one, other = two
    mine, theirs = opened(one), opened(other)
    lead = build.lead_of(made)
    one.sign_out()
    one.get("/sign-in")
    other.post(CHANGE, data=theirs | {"about": "We fly kites."})
    parked = one.post(CHANGE, data=mine | {"about": "We sew kites."})
    assert "/sign-in" in parked.location
    one.sign_in(lead)
    back = opened(one)
    assert back["about"] == ["We sew kites."]
    assert one.post(CHANGE, data=back).status_code == 422


def test_saving_without_a_change_writes_nothing(two, session):
    made, one, _ = two
    before = made.version
    assert one.post(CHANGE, data=opened(one)).status_code == 303
    session.refresh(made)
    assert made.version == before


def test_the_chain_knows_all_of_it(client, session, app):
    made = build.checked_organisation(session)
    build.member(session, made)
    build.place(session, build.project(session, made))
    client.sign_in(build.lead_of(made))
    client.send(CHANGE, name="Kites Club")
    key = app.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []


def count_statements(session, act) -> int:
    seen = []
    connection = session.connection()

    def note(*_: object) -> None:
        seen.append(1)

    event.listen(connection, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return len(seen)


def test_pages_ask_as_much_of_the_database_with_ten_as_with_sixty(client, session):
    made = build.checked_organisation(session)
    lead = build.lead_of(made)
    client.sign_in(lead)
    pages = [
        "/my/",
        *(f"/my/organisations/kites-youth-club{e}" for e in ("", "/colleagues", "/projects")),
    ]

    def grow(n: int) -> None:
        for i in range(n):
            build.member(session, made, "viewer", f"Sam {i}")
            build.invitation(
                session, made, f"i{session.scalar(select(func.count(Membership.id)))}@example.org"
            )
            build.place(session, build.project(session, made))
            build.organisation(
                session, lead, name=f"Other {session.scalar(select(func.count(Organisation.id)))}"
            )

    def statements() -> list[int]:
        session.expire_all()
        return [count_statements(session, lambda page=page: client.page(page)) for page in pages]

    grow(3)
    few = statements()
    grow(57)
    many = statements()
    assert many == few, "statements grow with rows"
    assert max(few) <= 22, few  # one or two for each package that has something to say there
    assert "1 to 50 of 61" in client.page(pages[2]).get_text()


def test_the_charter_team_hears_of_a_new_name(client, session):
    """It was checked under the old one, and the public reads the new one at once."""
    club = build.checked_organisation(session, name="Kites Youth Club")
    client.sign_in(build.lead_of(club))
    client.send(f"/my/organisations/{club.slug}/details", name="County Police Cadets")
    told = session.scalars(select(OutboxMail).where(OutboxMail.kind == "accounts/renamed")).one()
    assert told.facts["before"] == "Kites Youth Club"
    assert told.facts["now"] == "County Police Cadets"
    with client.application.test_request_context():
        assert "/team/names/" in write(session, told).body


def test_one_account_cannot_fill_the_queue(client, session):
    client.sign_in(person(session))
    most = client.application.extensions["settings"].attempts_per_account
    answers = [_registers(client, n) for n in range(most + 1)]
    assert answers[-1] == 429
    assert 429 not in answers[:-1]


def _registers(client, name):
    names = ("Albion", "Beacon", "Copper", "Dunlin", "Ember", "Falcon", "Gable", "Harbour", "Iris")
    told = KITES | {"name": f"{names[name]} Youth", "anyway": "yes"}
    return client.post_raw(NEW, told).status_code
