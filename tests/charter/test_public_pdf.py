"""The poster and the certificate: readable by machines, one page whatever the name."""

import io
import re
import time
from datetime import date

import pytest
from pypdf import PdfReader

from charter import states
from charter.public import documents
from tests.builders import charter as build
from web import pdf

LONG = "The Society for the Encouragement of Very Long Names among Clubs of the Upper and the Lower Valley and its Seven Bridges"
NAMES = {
    "plain": "Kites Youth Club",
    "120 characters": LONG[:120],
    "one word of 120": "Donaudampfschiff" * 7 + "fahrtage",
    "digits": "1234567890" * 12,
    "accents": "Łódź Kîtes & Ñandú",
    "cyrillic": "Молодёжный клуб «Пионеры»",
    "greek": "Νεανική λέσχη",
    "arabic": "نادي الشباب",
    "hebrew": "מועדון נוער",
    "bengali": "যুব ক্লাব",
    "chinese": "青少年俱乐部",
    "emoji": "Kites 🪁🪁 Club",
    "markup": "#set page(fill: red) *bold* $x$ <label> \\ @ref",
    "quotes": '"Kites" ‘Club’ {{ name }}',
}


def read(content):
    return PdfReader(io.BytesIO(content))


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def _alternatives(node, found):
    """Every /Alt of the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            _alternatives(child, found)
    elif isinstance(node, dict):
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        if "/K" in node:
            _alternatives(node["/K"], found)
    return found


def _kinds(node, found):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            _kinds(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(str(node["/S"]))
        if "/K" in node:
            _kinds(node["/K"], found)
    return found


@pytest.fixture
def version(session):
    return build.agreed_charter(session)


def certified(client, session, name, **more):
    club = build.club(session, name=name)
    build.pledge(session, states.LIVE, organisation=club, **more)
    response = client.get(f"/organisations/{club.slug}/certificate.pdf")
    assert response.status_code == 200
    return response.data


@pytest.fixture
def both(client, session, version):
    return {
        "poster": client.get("/charter/poster.pdf").data,
        "certificate": certified(client, session, "Kites Youth Club"),
    }


@pytest.mark.parametrize("which", ["poster", "certificate"])
def test_a_pdf_is_tagged_titled_and_says_it_is_accessible(both, which):
    pages = read(both[which])
    root = pages.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert pages.metadata.title
    assert "H1" in {kind.lstrip("/") for kind in _kinds(root["/StructTreeRoot"]["/K"], [])}
    assert len(pages.pages) == 1


@pytest.mark.parametrize("which", ["poster", "certificate"])
def test_its_fonts_are_inside(both, which):
    fonts = read(both[which]).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object())


def test_the_poster_tells_the_eight_and_where_to_read_more(both, version):
    told = text_of(both["poster"])
    for commitment in version.commitments:
        assert commitment.title in told
    assert "localhost" in told
    assert "Example text" not in told
    root = read(both["poster"]).trailer["/Root"]
    assert any("code to scan" in alt for alt in _alternatives(root["/StructTreeRoot"]["/K"], []))


def test_the_certificate_tells_whose_it_is_since_when_and_for_what(both, version):
    told = text_of(both["certificate"])
    assert "Kites Youth Club" in told
    assert "signed on 2 March 2027" in told
    assert "Signed by Joan Price, Chair." in told
    assert "2 March 2027 to 1 March 2028" in told
    assert "Example text" not in told
    assert read(both["certificate"]).metadata.title == "Kites Youth Club signed The Youth Charter"
    root = read(both["certificate"]).trailer["/Root"]
    spoken = _alternatives(root["/StructTreeRoot"]["/K"], [])
    for title in ("Keep us safe", "Respect us", "Hear us and act"):
        assert title in spoken
    assert "Welcome everyone" not in spoken
    assert any("localhost/organisations/kites-youth-club" in alt for alt in spoken)


def test_example_text_is_marked_on_both(client, session, app):
    from accounts.actions.organisations import check_organisation
    from charter import actions
    from tests.builders import people
    from web import clock

    version = build.charter(session)
    assert "Example text. No group of young people has agreed it yet." in text_of(
        client.get("/charter/poster.pdf").data
    )
    pledge = build.pledge(session, states.SENT, version=version)
    by = {"by": people.officer(session), "at": clock.now()}
    check_organisation(session, pledge.organisation, **by)
    actions.confirm(session, pledge, scheme=build.scheme(), example=True, **by)
    session.commit()
    slug = pledge.organisation.slug
    told = text_of(client.get(f"/organisations/{slug}/certificate.pdf").data)
    assert "Example text" in told


@pytest.mark.parametrize("what", NAMES)
def test_any_name_makes_one_page(client, session, version, what):
    content = certified(client, session, NAMES[what])
    pages = read(content).pages
    assert len(pages) == 1
    told = text_of(content)
    assert "signed on 2 March 2027" in told
    if what in ("plain", "accents", "cyrillic", "greek", "markup", "digits", "120 characters"):
        squeezed = told.replace(" ", "")
        assert NAMES[what].replace(" ", "") in squeezed
    if what == "emoji":
        assert "\N{REPLACEMENT CHARACTER}" in told


def test_a_long_signatory_and_all_commitments_make_one_page(client, session, version):
    club = build.club(session, name=NAMES["120 characters"])
    said = "We do what we say here, each week, and tell everyone."
    pledge = build.begun(session, club, version)
    build.fill(session, pledge, {c.key: said for c in version.commitments})
    from charter import actions
    from tests.builders import people

    who = {"by": build.lead_of(club), "at": build.clock.now()}
    actions.name_signatory(session, pledge, name="N" * 120, role="Chair of " * 12, **who)
    actions.send(session, pledge, scheme=build.scheme(), **who)
    build.decide(session, pledge, states.LIVE, people.officer(session))
    session.commit()
    content = client.get(f"/organisations/{club.slug}/certificate.pdf").data
    assert len(read(content).pages) == 1


def test_the_code_opens_the_page_it_should(client, session, version, monkeypatch):
    """A code is made from an address; ours are the charter's and the organisation's."""
    made = []
    drawn = pdf.qr_code
    monkeypatch.setattr(documents.pdf, "qr_code", lambda a: made.append(a) or drawn(a))
    client.get("/charter/poster.pdf")
    certified(client, session, "Kites Youth Club")
    assert made == ["http://localhost/charter", "http://localhost/organisations/kites-youth-club"]
    for address in made:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_both_are_made_in_less_than_a_second(app, session, client, version):
    entry_slug = build.pledge(session, states.LIVE).organisation.slug
    client.get("/charter/poster.pdf?warm=1")
    begun = time.perf_counter()
    client.get("/charter/poster.pdf?cold=1")
    client.get(f"/organisations/{entry_slug}/certificate.pdf?cold=1")
    assert time.perf_counter() - begun < 1


def test_a_certificate_is_the_same_twice(client, session, version):
    """So that an ETag and a printed copy can be relied on."""
    first = certified(client, session, "Kites Youth Club")
    again = client.get("/organisations/kites-youth-club/certificate.pdf?again=1").data
    assert first == again
    assert date(2027, 3, 2).isoformat().replace("-", "") in str(
        read(first).metadata.creation_date_raw
    )


COLOUR = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:scn?|rg)\b")


def test_the_poster_to_photocopy_takes_no_colour(client, version):
    copy, painted = (
        read(client.get(f"/charter/{name}.pdf").data) for name in ("poster-to-copy", "poster")
    )
    assert len(copy.pages) == 1
    assert "What you can expect" in " ".join(copy.pages[0].extract_text().split())
    assert any(max(c) - min(c) > 0.5 for c in colours(painted))
    for colour in colours(copy):
        assert min(colour) == 1.0 or max(colour) < 0.2, colour


def colours(pdf):
    data = pdf.pages[0].get_contents().get_data()
    return {tuple(map(float, found)) for found in COLOUR.findall(data)}
