"""The example county: in example mode only, the same every time, and never after its day."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from accounts.models import Organisation, Person, Place, Project
from charter.models import Pledge, PledgeAction, PledgeEvent, PledgeNote
from charter.states import ALL_STATES
from endorsement.example_file import rated
from endorsement.example_file import read as assessments_file
from endorsement.models import (
    Answer,
    Assessment,
    EvidenceItem,
    HelpOffer,
    ImprovementAction,
    Submission,
)
from endorsement.plan.queries import actions_of
from endorsement.progress import lines_of
from endorsement.sending.verifying import differences
from review.example.file import read as cases_file
from tests.client import PortalClient, soup
from tests.conftest import settings_for_tests
from tests.county import copied
from training import versions
from training.models import Practitioner
from training.records import looking
from training.status import Status
from web import clock, example, migrate
from web.audit.models import AuditEntry
from web.audit.verify import verify
from web.database import Base
from web.factory import create_app
from web.mail.models import ExampleMail, OutboxMail
from web.worker import once

# Its counties are SQLite's; PostgreSQL's: test_migrations_with_data.
pytestmark = [pytest.mark.once, pytest.mark.slow]

DAY = datetime(2027, 3, 2)  # noqa: DTZ001 - as the command line gives it
UNTIL = datetime(2027, 3, 2, 12, tzinfo=UTC)
"""A county lives at the noon of its day."""
LANTERN = "/my/organisations/lantern-street-youth-club"


@dataclass
class County:
    app: Any
    said: list[str]

    def session(self):
        return self.app.extensions["database"].session(writes=False)

    def all(self, what):
        with self.session() as session:
            return list(session.scalars(select(what)))


def portal(url, **more):
    app = create_app(settings_for_tests(url, **{"example": True, **more}))
    app.test_client_class = PortalClient
    return app


def load(app, as_of=DAY):
    said: list[str] = []
    clock.freeze(None)
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        example.load_county(session, as_of=as_of, say=said.append)
    return County(app, said)


def loaded(folder, name):
    url = f"sqlite:///{folder / name}"
    migrate.upgrade(url)
    return load(portal(url))


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    copy = copied(tmp_path_factory, tmp_path_factory.mktemp("county"), DAY)
    made = County(portal(copy.url, files=copy.files), [])
    yield made
    made.app.extensions["database"].engine.dispose()


@pytest.fixture
def empty(fresh_database):
    """An empty portal in example mode, whose transactions commit."""
    migrate.upgrade(fresh_database)
    app = portal(fresh_database)
    yield app
    app.extensions["database"].engine.dispose()


# Only in example mode


def test_outside_example_mode_it_is_refused(fresh_database):
    migrate.upgrade(fresh_database)
    app = portal(fresh_database, example=False)
    result = app.test_cli_runner().invoke(args=["example", "load"])
    assert result.exit_code == 1
    assert "The example county is loaded in example mode only" in result.output
    with app.extensions["database"].session(writes=False) as session:
        assert session.scalar(select(Person.id)) is None
    app.extensions["database"].engine.dispose()


@pytest.mark.parametrize(
    "address", ["/example/", "/example/mail", "/example/mail/1", "/example/sign-in/officer"]
)
def test_outside_example_mode_its_pages_are_not_there(client, address):
    assert client.get(address).status_code == 404
    assert client.post_raw(address, {}).status_code == 404


def test_outside_example_mode_no_page_speaks_of_it(client):
    assert "/example/" not in client.get("/login").text


def test_before_it_is_loaded_its_page_says_how(empty):
    client = empty.test_client()
    with empty.app_context():
        assert client.get("/example/mail").status_code == 200
    assert client.post_raw("/example/sign-in/officer", {}).status_code == 404


# Whole or not at all


def test_an_interrupted_load_leaves_nothing_behind(empty, monkeypatch):
    from charter import example as part

    calls = Counter()

    def stop(*args, **more):
        calls["n"] += 1
        if calls["n"] == 3:
            raise KeyboardInterrupt
        return confirm(*args, **more)

    confirm = part._confirm
    monkeypatch.setattr(part, "_confirm", stop)
    with pytest.raises(KeyboardInterrupt):
        load(empty)
    with empty.extensions["database"].session(writes=False) as session:
        rows = {t.name: session.execute(select(t)).all() for t in Base.metadata.sorted_tables}
    assert {name for name, found in rows.items() if found} <= {"alembic_version", "job_run"}
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 60  # the clock runs again


# The county itself


def test_a_second_load_is_refused(county):
    before = len(county.all(Person))
    with pytest.raises(example.NotHere, match="There is something in this database already"):
        load(county.app)
    assert len(county.all(Person)) == before


def test_it_is_about_as_large_as_a_county(county):
    assert 36 <= len(county.all(Organisation)) <= 48
    assert 55 <= len(county.all(Project)) <= 75
    assert {o.state for o in county.all(Organisation)} >= {"checked", "unchecked"}
    assert any(len(o.areas) > 1 for o in county.all(Organisation))


def test_a_pledge_stands_in_every_state(county):
    states = Counter(pledge.state for pledge in county.all(Pledge))
    assert set(states) == set(ALL_STATES)
    assert states["live"] >= 15
    told = {club.state for club in _clubs()}
    assert told == set(ALL_STATES) - {"renewed"} | {"none"}


def test_each_club_stands_as_its_file_says(county):
    with county.session() as session:
        stands = {
            pledge.organisation.name: pledge.state
            for pledge in session.scalars(select(Pledge).order_by(Pledge.id))
        }
    assert stands == {c.name: c.renewal or c.state for c in _clubs() if c.state != "none"}


def _clubs():
    from accounts.example import FILE, ExampleCountyError, ExampleFile
    from web.toml_errors import load as read

    return read(FILE, ExampleFile, error=ExampleCountyError).clubs


def test_each_self_assessment_stands_as_its_file_says(county):
    told = {one.club: one for one in assessments_file().assessments}
    with county.session() as session:
        found = list(session.scalars(select(Assessment).where(Assessment.ended_at.is_(None))))
        assert {a.organisation.name for a in found} == set(told)
        for assessment in found:
            one = told[assessment.organisation.name]
            keys = tuple(s.key for s in assessment.framework.on_track(one.track))
            answers = {a.standard: a for a in assessment.answers}
            for key, rating in rated(one.ratings, keys).items():
                assert answers[key].rating == rating, (one.club, key)
                assert answers[key].does_not_apply == (rating is None)
            assert (assessment.carried_from is not None) == (one.earlier is not None)


def test_whoever_is_ready_or_has_sent_owes_nothing(county):
    ready = {o.club for o in assessments_file().assessments if o.stage in ("ready", "sent")}
    with county.session() as session:
        for assessment in session.scalars(select(Assessment)):
            lines = lines_of(assessment, actions_of(session, assessment.organisation))
            if assessment.organisation.name in ready and assessment.ended_at is None:
                assert [line.standard.key for line in lines if line.missing] == []


def test_those_who_are_done_have_sent_and_one_took_it_back(county):
    told = assessments_file().assessments
    sent = {one.club for one in told if one.sent is not None}
    back = {one.club for one in told if one.taken_back is not None}
    with county.session() as session:
        found = list(session.scalars(select(Submission)))
        before = {case.club for case in cases_file().cases if case.year == "before"}
        stands = {s.organisation.name for s in found if s.state in ("sent", "decided")}
        assert stands == sent | before
        assert {s.organisation.name for s in found if s.state == "withdrawn"} == back
        assert {s.level for s in found} == {"foundation", "established", "excellent"}
        for one in found:
            assert list(differences(one)) == []


def test_a_plan_has_what_is_overdue_and_what_is_done(county):
    plan = county.all(ImprovementAction)
    assert len([a for a in plan if a.done_on]) >= 15
    assert len([a for a in plan if a.open and a.by_on < DAY.date()]) >= 6
    assert all(a.what and a.who and a.by_on and a.young_people for a in plan)
    assert len(county.all(HelpOffer)) >= 5


def test_those_who_are_ready_have_a_little_evidence(county):
    clubs = Counter(item.organisation_id for item in county.all(EvidenceItem))
    assert len(clubs) >= 8
    assert set(clubs.values()) == {6}


def test_nothing_has_happened_after_its_day(county):
    moments = [
        *(p.created_at for p in county.all(Person)),
        *(o.checked_at or o.created_at for o in county.all(Organisation)),
        *(e.at for e in county.all(PledgeEvent)),
        *(a.changed_at for a in county.all(PledgeAction)),
        *(n.written_at for n in county.all(PledgeNote)),
        *(i.added_at for i in county.all(EvidenceItem)),
        *(a.changed_at for a in county.all(Answer)),
        *(a.written_at for a in county.all(ImprovementAction)),
        *(e.at for e in county.all(AuditEntry)),
        *(m.sent_at for m in county.all(ExampleMail)),
    ]
    assert max(moments) <= UNTIL
    pledges = [p for p in county.all(Pledge) if p.live_from]
    assert max(p.live_from for p in pledges if p.renews_id is None) <= UNTIL.date()
    # A year that was renewed early begins when the one before it ends.
    assert all(p.signed_since <= UNTIL.date() for p in pledges if p.signed_since)


def test_a_pledges_life_is_in_its_order(county):
    with county.session() as session:
        for pledge in session.scalars(select(Pledge)):
            events = [(event.at, event.after) for event in pledge.events]
            assert [at for at, _ in events] == sorted(at for at, _ in events)
            assert events[-1][1] == pledge.state


def test_the_chain_of_who_did_what_is_whole(county):
    key = county.app.extensions["settings"].audit_key.get_secret_value().encode()
    with county.app.app_context(), county.session() as session:
        assert list(verify(session, key)) == []


def test_every_mail_was_delivered_and_none_twice(county):
    waiting = [m.kind for m in county.all(OutboxMail) if m.sent_at is None]
    assert waiting == []
    kinds = Counter(m.kind for m in county.all(OutboxMail))
    assert {"charter/confirmed", "charter/returned", "charter/lapsed", "charter/to-answer"} <= {
        kind if "/" in kind else f"charter/{kind}" for kind in kinds
    }
    assert len(county.all(ExampleMail)) == len(county.all(OutboxMail))


def test_nobody_in_it_could_be_written_to_or_called(county):
    """Addresses end in names that nobody can own, numbers lie in the range kept for drama."""
    for person in county.all(Person):
        assert person.email.endswith((".example", ".invalid")) or person.erased_at
    for organisation in county.all(Organisation):
        assert organisation.public_email.endswith(".example")
        assert organisation.website.endswith(".example")
        assert re.fullmatch(r"0115 496 0\d{3}", organisation.public_phone)


def test_somebody_asks_about_their_data_and_somebody_has_left_for_good(county):
    """So that these pages show something."""
    grace = sign_in(county, "data-protection")
    queue = grace.page("/data-protection/").main
    assert len(queue.select("a[href*='/data-protection/requests/']")) == 2
    assert "Ruth Marsden" in queue.get_text()
    marcia = sign_in(county, "live")
    assert "Somebody who has left" in marcia.page(f"{LANTERN}/history").main.get_text()
    assert not [p for p in county.all(Person) if p.name == "Femi Adeyemi"]


def sign_in(county, person):
    """One click, then the pages of that person."""
    client = county.app.test_client()
    form = soup(client.get("/example/")).select_one(f"form[action$='/sign-in/{person}']")
    client.post(form["action"], data={i["name"]: i["value"] for i in form.select("input")})
    return client


def test_only_open_places_are_shown(county):
    with county.session() as session:
        shown = [p for p in session.scalars(select(Place)) if p.published]
        assert len(shown) >= 20
        assert all(place.project.sort == "open" for place in shown)


@pytest.mark.parametrize(
    "person",
    [
        "lead",
        "editor",
        "viewer",
        "mending",
        "live",
        "newcomer",
        "officer",
        "assessing",
        "evenings",
        "sent",
    ],
)
def test_one_click_makes_you_one_of_them(county, person):
    client = county.app.test_client()
    people = soup(client.get("/example/"))
    form = people.select_one(f"form[action$='/sign-in/{person}']")
    response = client.post(
        form["action"], data={i["name"]: i["value"] for i in form.select("input")}
    )
    assert response.status_code == 303
    assert client.get("/my/").status_code == 200


def test_the_mailbox_shows_what_was_sent(county):
    client = county.app.test_client()
    page = client.page("/example/mail")
    newest = page.select_one(".app-rows a")
    letter = client.page(newest["href"])
    assert letter.h1.get_text() == newest.get_text()
    for number in ("999999", "9" * 40):
        assert client.get(f"/example/mail/{number}").status_code == 404


# The same every time


def _told(county):
    client = county.app.test_client()
    with county.session() as session:
        pledges = [
            (p.reference, p.organisation.slug, p.state, str(p.live_from), str(p.due_on),
             str(p.sent_at), [(a.commitment.key, a.text) for a in p.actions],
             [(e.verb, str(e.at), e.by.name if e.by else None, e.note) for e in p.events])
            for p in session.scalars(select(Pledge).order_by(Pledge.id))
        ]  # fmt: skip
    clock.freeze(UNTIL)
    pages = {a: client.get(a).text for a in ("/register.json", "/register.csv")}
    pages |= {a: client.page(a).main.get_text() for a in ("/", "/register")}
    with county.session() as session:
        evidence = [
            (i.reference, i.title, str(i.added_at), str(i.review_on), i.current.text)
            for i in session.scalars(select(EvidenceItem).order_by(EvidenceItem.id))
        ]
        answers = [
            (a.assessment.reference, a.standard, a.rating, a.reason, a.voices, a.shown_by,
             str(a.changed_at), a.changed_by.name, len(a.changes))
            for a in session.scalars(select(Answer).order_by(Answer.id))
        ]  # fmt: skip
        plan = [
            (a.reference, a.standard, a.what, a.who, str(a.by_on), str(a.done_on), a.note)
            for a in session.scalars(select(ImprovementAction).order_by(ImprovementAction.id))
        ]
    mails = [(m.address, m.subject, str(m.sent_at), m.body) for m in county.all(ExampleMail)]
    quality = {"evidence": evidence, "answers": answers, "plan": plan}
    return {"pledges": pledges, "pages": pages, "mails": mails, **quality}


def test_two_loads_of_the_same_day_are_the_same(county, tmp_path):
    other = loaded(tmp_path, "other.sqlite")
    one, two = _told(county), _told(other)
    other.app.extensions["database"].engine.dispose()
    assert one["pages"] == two["pages"]
    assert one["pledges"] == two["pledges"]
    assert one["mails"] == two["mails"]
    for quality in ("evidence", "answers", "plan"):
        assert one[quality] == two[quality]
    assert json.loads(one["pages"]["/register.json"])["as_of"] == "2027-03-02"


def test_the_county_lives_on_any_day(tmp_path):
    """In winter time, in summer time, on a leap day and on a weekend it has the same states."""
    url = f"sqlite:///{tmp_path / 'leap.sqlite'}"
    migrate.upgrade(url)
    made = load(portal(url), datetime(2028, 2, 29))  # noqa: DTZ001
    assert Counter(p.state for p in made.all(Pledge)).keys() == set(ALL_STATES)
    made.app.extensions["database"].engine.dispose()


def test_the_countys_people_have_learned_something(county):
    """Checked and waiting, in date, due and out of date: as in any team."""
    with county.session() as session:
        found = list(session.scalars(select(Practitioner).order_by(Practitioner.id)))
        states = {record.state for who in found for record in who.records}
        pathways = versions.newest(session).pathways
        seen = looking.pictures(session, pathways, [who.id for who in found], DAY.date())
    said = {s.status for picture in seen.values() for s in picture.modules.values()}
    assert {"checked", "awaiting check"} <= states
    assert {Status.IN_DATE, Status.EXPIRED, Status.NOT_STARTED, Status.AWAITING_CHECK} <= said


def test_a_worker_that_was_off_for_a_month_sends_no_flood(tmp_path_factory):
    """All packages' jobs at once: one digest a person, and little that is urgent beside it."""
    copy = copied(tmp_path_factory, tmp_path_factory.mktemp("asleep"), DAY)
    app = portal(copy.url, files=copy.files)
    with app.extensions["database"].session(writes=False) as session:
        last = session.scalar(select(func.max(OutboxMail.id)))
    try:
        for days, hours in ((0, 1), (31, 1), (31, 2), (180, 1), (180, 2)):
            clock.freeze(UNTIL + timedelta(days=days, hours=hours))
            with app.app_context():
                once(app)
            with app.extensions["database"].session(writes=False) as session:
                mails = list(session.scalars(select(OutboxMail).where(OutboxMail.id > last)))
            last = max((mail.id for mail in mails), default=last)
            told = Counter((mail.person_id, mail.kind) for mail in mails if mail.person_id)
            assert hours == 1 or not mails, "an hour later there is nothing left to say"
            assert {n for (_person, kind), n in told.items() if kind == "digest"} <= {1}
            people = Counter(mail.person_id for mail in mails if mail.person_id)
            assert max(people.values(), default=1) <= 3
            if days == 31 and hours == 1:
                assert len([1 for _person, kind in told if kind == "digest"]) > 10
    finally:
        app.extensions["database"].engine.dispose()
