"""Every public page reads at about nine.

Measured as in tests/charter/test_content.py: the Flesch-Kincaid grade is an American school year,
and a child in grade 4 is nine or ten.  What is measured is the page's own words: not the names of
clubs, areas, bodies and people, which are as long as they are, and not what clubs promised, which
is theirs.  Short pages jump about by a word, so one page may be a year above the whole.
"""

import re

import pytest
import textstat

from charter import states
from endorsement import versions as frameworks
from tests.builders import accounts, people
from tests.builders import charter as build
from tests.charter.conftest import standing
from training import versions as pathways

pytestmark = pytest.mark.once
NINE, NINE_ON_A_SHORT_PAGE = 4.0, 5.0
LONGEST = 25
"""Words in a sentence."""
PAGES = (
    "/", "/charter", "/charter/easy-read", "/register", "/register?q=nobody", "/organisations/kites",
    "/organisations/past", "/worried", "/privacy", "/cookies", "/words", "/accessibility",
    "/register/data", "/workers", "/pledge", "/pledge/worker", "/pledge/worker/link",
    "/pledge/worker/check-your-mail", "/your-data/", "/your-data/ask", "/your-data/asked",
    "/lost-mailbox", "/lost-mailbox/asked", "/account-deleted", "/quality", "/training", "/training/2026/W2",
    "/training/2026/roles/volunteer",
)  # fmt: skip
NAMES = "h1, dt code, .entries h3, .promise p, .still, option, svg, .place, a[href^=mailto], a[href^=tel]"


def _fill(session):
    frameworks.load_default(session)
    pathways.load_default(session)
    kites = build.club(session, name="Kites", website="https://kites.example")
    accounts.place(session, accounts.project(session, kites), "Hall", times="Mondays, 6pm")
    build.pledge(session, states.LIVE, organisation=kites)
    from charter import actions
    from web import clock

    past = build.pledge(session, states.LIVE, organisation=build.club(session, name="Past"))
    actions.suspend(
        session, past, by=people.officer(session), at=clock.now(), note="A.", scheme=build.scheme()
    )
    session.commit()


@pytest.fixture(scope="module")
def client(app):
    with standing(app, _fill) as client:
        yield client


BLOCKS = ("p", "li", "dt", "dd", "h2", "h3", "label", "caption", "th", "td", "button")


def sentences(app, page):
    """The page's own words, a full stop behind each block that has none."""
    scheme = app.extensions["scheme"]
    for node in page.main.select(NAMES):
        node.extract()
    found = []
    for block in page.main.find_all(BLOCKS):
        if block.find(BLOCKS):
            continue
        text = " ".join(block.get_text(" ").split())
        text = re.sub(r"https?://\S+|\S+@\S+|[\d/]*\d[\d ]*", "", text).strip(" ·,:")
        for name in (scheme.names.county, scheme.names.run_by, *(a.name for a in scheme.areas)):
            text = text.replace(name, "here")
        if len(text.split()) > 2:  # labels are no sentences
            found.append(text if text[-1] in ".?!" else f"{text}.")
    return found


def grade(told):
    return textstat.flesch_kincaid_grade(" ".join(told))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reads_at_nine(app, client, address):
    told = sentences(app, client.page(address))
    hard = sorted(((round(grade([s]), 1), s) for s in told), reverse=True)[:4]
    assert grade(told) <= NINE_ON_A_SHORT_PAGE, hard


@pytest.mark.parametrize("address", PAGES)
def test_no_sentence_is_long(app, client, address):
    told = " ".join(sentences(app, client.page(address)))
    long = [s for s in re.split(r"(?<=[.?])\s+", told) if len(s.split()) > LONGEST]
    assert long == []


def test_all_of_them_together_read_at_nine(app, client):
    told = []
    for address in PAGES:
        told += sentences(app, client.page(address))
    assert grade(told) <= NINE
