"""What one assessor writes reaches nobody until all have sent; a flag reaches its circle alone.

There is something to leak: words that stand nowhere else, in a reading that is written and in one
that is sent, and in a flag.  Everybody follows every link they are shown.
"""

import re
from collections import deque

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import people
from tests.builders import review as build
from tests.client import soup
from web.mail import OutboxMail

SECRETS = ("zanzibar-reason", "zanzibar-note", "zanzibar-flag")
WHERE = re.compile(
    r"/(assess|my|team|panel|steering|seats|votes|safeguarding|data-protection)(/|$)"
)
MOST_PAGES = 80
OWN_DEVICES = ("/my/proof", "/my/account", "/my/data", "/my/devices")
"""They tell of each sign-in, so no two are alike."""
pytestmark = [pytest.mark.once, pytest.mark.slow]


def crawl(app, person, *begin):
    """By address, all that the person is shown; files too."""
    client = app.test_client()
    client.sign_in(person)
    seen, waiting = {}, deque(begin)
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        if address in seen or "sign-out" in address:
            continue
        with app.app_context():
            answer = FlaskClient.open(
                client, address, buffered=True
            )  # the linter has looked before
        seen[address] = answer
        if answer.location:
            waiting.append(answer.location)
        if answer.mimetype == "text/html":
            found = (
                link["href"].partition("#")[0]
                for link in soup(answer).select("a[href], img[src]")
                if link.get("href")
            )
            waiting.extend(href for href in found if WHERE.match(href))
    return seen


def told(seen):
    """The words of the pages, without what differs each time."""
    return {
        address: soup(answer).select_one("main").get_text(" ", strip=True)
        for address, answer in seen.items()
        if answer.mimetype == "text/html"
        and not address.startswith(OWN_DEVICES)
        and soup(answer).select_one("main")
    }


def leaks(seen):
    return [
        (address, secret)
        for address, answer in seen.items()
        for secret in SECRETS
        if secret.encode() in answer.data
    ]


@pytest.fixture
def others(app, session, group, case, parts, lead):
    """Everybody else, and where they begin."""
    home = f"/assess/{case.reference}"
    own = f"/my/organisations/{case.organisation.slug}/quality/cases/{case.reference}"
    mine = ("/my/", "/my/data", "/my/data/download")
    return {
        "assessor": (parts[0].person, "/assess/", home, *mine),
        "young": (parts[2].person, "/assess/", home, *mine),
        "organisation": (lead, own, *mine),
        "chair": (group.chair, *mine),
        "lead assessor": (group.lead_assessor, "/assess/", home, *mine),
        "officer": (group.officer, "/team/cases/", f"/team/cases/{case.reference}", *mine),
        "data protection": (people.data_protection_lead(session), "/data-protection/", *mine),
    }


def test_nothing_of_a_reading_or_a_flag_leaks_until_all_is_in(app, session, others, parts):
    alike = ("assessor", "organisation", "chair")  # an officer must know who is late
    before = {name: told(crawl(app, *others[name])) for name in alike}
    build.whole(session, parts[1], 1, reason=SECRETS[0], private_note=SECRETS[1])
    build.flagged(session, parts[1], SECRETS[2])
    session.commit()
    for name, who in others.items():
        seen = crawl(app, *who)
        assert leaks(seen) == [], name
        assert name not in alike or told(seen) == before[name], name
    build.sent(session, parts[1], reason=SECRETS[0], private_note=SECRETS[1])
    session.commit()
    for name in alike:
        seen = crawl(app, *others[name])
        assert leaks(seen) == [], name
        assert told(seen) == before[name], name
    # What they write themselves they do find: the crawl sees all there is.
    mine = crawl(app, parts[1].person, "/assess/", "/my/data/download")
    assert {secret for _, secret in leaks(mine)} == {*SECRETS[:2]}


def test_no_mail_tells_of_a_reading_or_a_flag(session, parts):
    build.flagged(session, parts[1], SECRETS[2])
    for part in parts:
        build.sent(session, part, reason=SECRETS[0], private_note=SECRETS[1])
    session.commit()
    mails = [str(mail.facts) for mail in session.scalars(select(OutboxMail))]
    assert mails
    assert not [m for m in mails if any(secret in m for secret in SECRETS)]


def test_a_note_is_its_writers_alone_after_all_is_sent_too(app, session, others, parts):
    for part in parts:
        build.sent(session, part, private_note=SECRETS[1] if part is parts[1] else "")
    session.commit()
    for name in ("assessor", "organisation", "officer"):
        assert leaks(crawl(app, *others[name])) == [], name


@pytest.mark.parametrize(
    "page", ["", "/standards/A1", "/standards/B1/typed", "/send", "/standards/A1/ask"]
)
def test_an_assessor_whose_part_ended_sees_nothing(app, session, group, case, parts, page):
    from review.rules import PORTAL
    from web import clock
    from web.audit import record

    parts[0].state, parts[0].ended_at = "recused", clock.now()
    record(session, parts[0], "recuse", by=PORTAL, at=clock.now())
    session.commit()
    client = app.test_client()
    client.sign_in(parts[0].person)
    address = f"/assess/{case.reference}{page}"
    assert client.get(address).status_code in (404, 405)
    assert client.post_raw(address, {}).status_code in (404, 405)
