"""What the public pages say.  tests/client.py lints each of them."""

from datetime import timedelta

import pytest

from accounts.actions import organisations as acts
from charter import actions, states
from tests.builders import accounts, people
from tests.builders import charter as build
from tests.client import soup
from web import clock

MARK = "No group of young people has agreed it yet."
STILL = ("/worried", "/accessibility", "/privacy", "/cookies", "/words", "/register/data")
EVERY = ("/", "/charter", "/charter/easy-read", "/register", *STILL)


def words(node):
    return " ".join(node.get_text(" ").split())


def text_of(client, address, **query):
    return words(client.page(address, **query).main)


@pytest.fixture
def signed(session):
    """A club with a live pledge to an agreed charter."""
    club = build.club(session, name="Kites & Kîtes Club", areas=["ashfield", "gedling"])
    build.pledge(session, states.LIVE, organisation=club)
    return club


@pytest.fixture
def example(session):
    """The text the portal starts with."""
    return build.charter(session)


@pytest.mark.parametrize("address", EVERY)
def test_every_page_has_its_title_and_the_ways_on(client, example, address):
    page = client.page(address)
    assert page.title.get_text().endswith(" – Youth Charter")
    links = {a["href"] for a in page.select("header a, footer a")}
    expected = {"/", "/charter", "/register", "/worried", "/my/", "/words", "/accessibility"}
    assert expected <= links
    assert "Who runs this" in words(page.footer)
    assert page.html["lang"] == "en"
    assert page.select_one("a.skip")["href"] == "#main-content"


@pytest.mark.parametrize("address", EVERY)
def test_no_page_sets_a_cookie_or_asks_for_anything_from_elsewhere(client, example, address):
    response = client.get(address)
    assert "Set-Cookie" not in response.headers
    page = soup(response)
    loaded = [*page.select("[src]"), *page.select("link[href]"), *page.select("use[href]")]
    assert all((tag.get("src") or tag.get("href")).startswith("/") for tag in loaded)
    assert not page.select("script, [style], [onclick], form[method=post]")


def test_the_front_page_in_ten_seconds(client, signed):
    page = client.page("/")
    assert words(page.h1) == "What you can expect"
    titles = [words(h) for h in page.select(".band h2")]
    assert titles[0] == "Keep us safe"
    assert titles[-1] == "Stand with us in our community"
    assert len(titles) == 8
    form = page.select_one("form[role=search]")
    assert (form["action"], form["method"]) == ("/register", "get")
    assert form.select_one("label[for=q]").get_text() == "Has your club signed?"
    assert "1 club or group has signed in Nottingham and Nottinghamshire" in words(page.main)
    assert {a["href"] for a in page.select(".numbers a")} == {"tel:999", "tel:08001111"}


def test_the_front_page_counts_those_that_are_current(client, session):
    for state in (states.LAPSED, states.LIVE, states.LIVE, states.SENT):
        build.pledge(session, state)
    page = client.page("/")
    assert words(page.select_one(".count")).startswith("2 clubs and groups have signed in")


def test_nobody_has_signed_yet(client, example):
    assert words(client.page("/").select_one(".count")).startswith("0 clubs and groups have signed")
    assert "0 clubs and groups" in text_of(client, "/register")


def test_the_charter_tells_each_commitment_and_how_you_would_know(client, session):
    version = build.agreed_charter(session)
    page = client.page("/charter")
    for commitment in version.commitments:
        told = words(page.select_one(f"#{commitment.key}"))
        assert commitment.title in told
        assert commitment.explanation in told
        assert all(line in told for line in commitment.know)
    assert "Agreed by The Tuesday group on 1 February 2027." in words(page.main)


def test_easy_read_tells_each_commitment_in_short_lines(client, example):
    page = client.page("/charter/easy-read")
    sections = page.select("section.easy")
    assert len(sections) == 8
    for commitment, section in zip(example.commitments, sections, strict=True):
        assert commitment.easy_title in words(section.h2)
        assert [p.get_text() for p in section.select("p")] == commitment.easy


@pytest.mark.parametrize("address", ["/", "/charter", "/charter/easy-read"])
def test_example_text_is_marked_until_it_is_agreed(client, session, example, address):
    assert "Example text" in text_of(client, address)
    build.agreed_charter(session)
    assert "Example text" not in text_of(client, address)


def test_an_earlier_version_stays_at_its_address(client, session, example):
    build.agreed_charter(session, code="2028")
    earlier = client.page("/charter/versions/2026")
    assert MARK in words(earlier.main)
    assert "/charter/versions/2026/lettering.css" in str(earlier.head)
    assert client.get("/charter/versions/2026/lettering.css").mimetype == "text/css"
    assert MARK not in text_of(client, "/charter/versions/2028")
    for missing in ("/charter/versions/1999", "/charter/versions/1999/lettering.css"):
        assert client.get(missing).status_code == 404


def test_an_earlier_version_says_that_there_is_a_newer_one(client, session, example):
    build.agreed_charter(session, code="2028")
    page = client.page("/charter/versions/2026")
    assert page.main.select_one(".head a[href='/charter']") is not None
    assert "newer" in words(page.main)
    assert "newer" not in text_of(client, "/charter/versions/2028")


def test_a_portal_without_a_charter_says_it_is_closed(client):
    for address in ("/", "/charter", "/register", "/charter/poster.pdf"):
        response = client.get(address)
        assert response.status_code == 503
        assert "We are closed for a moment" in response.text


def test_an_organisation_tells_what_it_promised(client, signed):
    page = client.page("/organisations/kites-and-kites-club")
    told = words(page.main)
    assert words(page.h1) == "Kites & Kîtes Club"
    assert "Signed since 2 March 2027" in told
    assert "Ashfield, Gedling" in told
    assert "to be renewed by 2 March 2028" in told
    assert [words(h) for h in page.select(".promise h3")] == [
        "Keep us safe", "Respect us", "Hear us and act",
    ]  # fmt: skip
    for promise in build.GOOD.values():
        assert promise in told
    assert "No action yet for: Give us a real choice, Welcome everyone" in told
    assert "Signed by Joan Price, Chair." in told
    assert "Not listed does not mean unsafe" in told
    assert page.select_one("a[href$='/certificate.pdf']") is not None
    assert MARK not in told


def test_a_promise_keeps_its_paragraphs_and_shows_no_markup(client, session):
    club = build.club(session, name="Bold <b>Club</b>")
    said = {**build.GOOD, "safe": "We stand at the door.\n\n<script>alert(1)</script> until ten."}
    build.pledge(session, states.LIVE, organisation=club, written=said)
    page = client.page(f"/organisations/{club.slug}")
    assert [p.get_text() for p in page.select_one(".promise").select("p")] == [
        "We stand at the door.", "<script>alert(1)</script> until ten.",
    ]  # fmt: skip
    assert words(page.h1) == "Bold <b>Club</b>"


def test_an_organisation_with_a_renewed_charter_shows_what_it_signed(client, session, signed):
    build.agreed_charter(session, code="2028")
    page = client.page(f"/organisations/{signed.slug}")
    assert page.select_one("a[href='/charter/versions/2027']") is not None


def test_example_text_is_marked_beside_a_promise(client, session, example):
    """Only example mode can confirm such a pledge."""
    pledge = build.pledge(session, states.SENT)
    by = people.officer(session)
    acts.check_organisation(session, pledge.organisation, by=by, at=clock.now())
    actions.confirm(session, pledge, by=by, at=clock.now(), scheme=build.scheme(), example=True)
    session.commit()
    assert MARK in text_of(client, f"/organisations/{pledge.organisation.slug}")


@pytest.mark.parametrize("state", [states.LAPSED, states.SUSPENDED])
def test_what_is_not_current_says_so(client, session, state):
    club = build.pledge(session, state).organisation
    page = client.page(f"/organisations/{club.slug}")
    assert "Not current" in words(page.main)
    assert "Signed since" not in words(page.main)
    assert "renewed by" not in words(page.main)
    assert not page.select("a[href$='.pdf']") or "certificate" not in words(page.main)
    refused = client.get(f"/organisations/{club.slug}/certificate.pdf")
    assert refused.status_code == 404
    assert "There is no certificate: this pledge is not current." in refused.text
    entry = client.page("/register").select_one(".entries li")
    assert "Not current" in words(entry)
    # Why it is not is between the organisation and the Charter team.
    assert "A worry." not in str(page)


def test_what_is_due_is_current_and_says_that_its_time_has_come(client, session):
    club = build.pledge(session, states.DUE).organisation
    clock.freeze(clock.now() + timedelta(days=380))
    told = text_of(client, f"/organisations/{club.slug}")
    assert "Signed since 2 March 2027" in told
    assert "its year was over on 2 March 2028" in told
    assert "to be renewed by" not in told
    assert client.get(f"/organisations/{club.slug}/certificate.pdf").status_code == 200


def test_a_renamed_organisation_keeps_its_address(client, session, signed):
    details = acts.Details(name="Zebra", kind="club", areas=["gedling"], volunteer_run=True)
    who = {"by": build.lead_of(signed), "at": clock.now()}
    acts.change_organisation(session, signed, details, **who)
    session.commit()
    page = client.page("/organisations/kites-and-kites-club")
    assert words(page.h1) == "Zebra"
    assert [words(h) for h in client.page("/register").select(".entries h3")] == ["Zebra"]
    assert text_of(client, "/register", q="kites").count("Nobody here fits") == 1


def test_two_of_one_name_have_an_address_each(client, session):
    for lead in ("Ann", "Bo"):
        club = build.club(session, people.person(session, lead), name="Twin Club")
        build.pledge(session, states.LIVE, organisation=club)
    links = [a["href"] for a in client.page("/register").select(".entries h3 a")]
    assert links == ["/organisations/twin-club", "/organisations/twin-club-2"]
    assert all(client.get(link).status_code == 200 for link in links)


def test_places_are_told_where_they_may_be(client, session):
    club = build.club(session, name="Kites")
    project = accounts.project(session, club)
    shown = {"address": "12 Lantern Street", "postcode": "NG1 1AA", "times": "Tuesdays, 6pm"}
    accounts.place(session, project, "Lantern Hall", **shown)
    _pledge_covering(session, club, [project])
    told = text_of(client, "/organisations/kites")
    for said in ("Come along", "Lantern Hall", "12 Lantern Street, NG1 1AA", "Tuesdays, 6pm"):
        assert said in told


def test_a_closed_project_shows_no_place(client, session):
    from accounts.actions import projects

    club = build.club(session, name="Kites")
    project = accounts.project(session, club)
    accounts.place(session, project, "Lantern Hall")
    _pledge_covering(session, club, [project])
    assert "Lantern Hall" in text_of(client, "/organisations/kites")
    projects.close_project(session, project, by=build.lead_of(club), at=clock.now())
    session.commit()
    told = text_of(client, "/organisations/kites")
    assert "Lantern Hall" not in told
    assert "How to reach them" in told


def _pledge_covering(session, club, projects):
    version = build.agreed_charter(session)
    pledge = build.begun(session, club, version)
    build.fill(session, pledge)
    who = {"by": build.lead_of(club), "at": clock.now()}
    actions.cover(session, pledge, projects, **who)
    actions.send(session, pledge, scheme=build.scheme(), **who)
    build.decide(session, pledge, states.LIVE, people.officer(session))
    session.commit()
    return pledge


def test_only_checked_numbers_are_shown(client, app, example):
    scheme = app.extensions["scheme"]
    page = client.page("/worried")
    shown = {words(h) for h in page.select(".calls h2")}
    checked = {n.name for n in scheme.help.numbers if n.last_checked}
    assert shown == checked
    assert len(shown) < len(scheme.help.numbers)
    assert "0300 500 80 80" not in str(page)
    assert "We checked this number on 23 November 2026." in words(page.main)


def test_numbers_checked_too_long_ago_are_not_shown_as_fact(client, example):
    clock.freeze(clock.now() + timedelta(days=400))
    page = client.page("/worried")
    assert [words(li) for li in page.select(".calls li")] == ["In danger now? 999"]
    front = client.page("/")
    assert "0800 1111" not in words(front.main)
    assert "999" in words(front.select_one(".worry"))


def test_there_is_a_way_out_of_the_page_for_the_worried(client, example):
    out = client.page("/worried").select_one(".exit a")
    assert out["href"].startswith("https://")
    assert "noreferrer" in out["rel"]


def test_every_working_and_error_page_leads_to_help(client, example):
    for address in ("/login", "/no-such-page"):
        assert soup(client.get(address)).select_one("a[href='/worried']") is not None


def test_the_accessibility_statement_tells_what_the_scheme_says(client, app, example):
    told = text_of(client, "/accessibility")
    facts = app.extensions["scheme"].accessibility
    assert f"This site partly meets the standard {facts.standard}." in told
    for failing in facts.failings:
        assert failing.what in told
    assert facts.tested_how in told
    assert facts.enforcement in told


def test_privacy_says_for_how_long_and_whom_to_ask(client, app, example):
    told = text_of(client, "/privacy")
    scheme = app.extensions["scheme"]
    assert f"{scheme.retention.accounts_months} months" in told
    assert scheme.data_protection.email in told


def test_the_glossary_tells_every_term(client, example):
    from charter.public.words import glossary

    page = client.page("/words")
    assert [words(dt) for dt in page.select("dt")] == [t.term for t in glossary().terms]


@pytest.mark.parametrize(
    "address",
    ["/organisations/nobody", "/organisations/nobody/certificate.pdf", "/organisations/é", "/x"],
)
def test_what_is_not_there_says_so(client, example, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "We cannot find that page" in response.text


@pytest.mark.parametrize("address", [*EVERY, "/register.json", "/register.csv", "/colours.css"])
def test_a_page_that_is_known_is_not_sent_again(client, example, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", ["/", "/register", "/register.json", "/organisations/{slug}"])
def test_a_page_is_new_once_a_pledge_changes(client, session, signed, address):
    address = address.format(slug=signed.slug)
    before = client.get(address).headers["ETag"]
    build.pledge(session, states.SENT)  # nothing public
    suspended = build.actions.suspend
    from charter import queries

    pledge = queries.newest_pledge(session, signed)
    by = people.officer(session)
    suspended(session, pledge, by=by, at=clock.now(), note="Hm.", scheme=build.scheme())
    session.commit()
    response = client.get(address, headers={"If-None-Match": before})
    assert response.status_code == 200
    assert response.headers["ETag"] != before


def test_a_signed_in_person_gets_the_same_page(client, session, signed):
    anonymous = client.get("/")
    client.sign_in(build.lead_of(signed))
    known = client.get("/")
    assert known.data == anonymous.data
    assert known.headers["ETag"] == anonymous.headers["ETag"]
