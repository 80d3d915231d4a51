"""The passport: what it shows, who sees it, for how long, and that it never shows more."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.builders import training as build
from training.keeping.my_data import erasure
from training.models import PassportLink, PassportVisit
from training.passport import actions, links, queries
from training.passport.keeping import KEPT, my_data, retention
from training.passport.showing import STAGES, passport
from training.records import queries as records
from training.rules import ALL
from training.states import PRIOR
from web import clock
from web.workflow import Refused

HERE = "/my/training/passport"
EVERYTHING = [ALL, STAGES]


@pytest.fixture
def worker(session, organisation):
    """A whole "Welcome", more that is in date, one that ran out, and one nobody checked."""
    made = build.worker(session, organisation, "volunteer", name="Zoë Ångström")
    build.badge(session, made)
    build.checked(session, made, "K1", how=PRIOR)
    build.checked(session, made, "K4", clock.today() - timedelta(days=4000))
    build.entered(session, made, "K2")
    build.checks_noted(session, made, organisation)
    return made


@pytest.fixture
def mine(session, worker):
    return records.practitioner_of(session, worker)


def link_of(session, mine, shows=EVERYTHING, days=30, for_whom="Mill Lane"):
    made = actions.make(
        session, mine, shows=shows, for_whom=for_whom, days=days, by=mine.person, at=clock.now()
    )
    session.commit()
    return made


def path_of(app, link):
    with app.test_request_context():
        return f"/passport/{links.token_of(link.reference)}"


def seen_by(app, session, mine, link):
    return app.test_client().page(path_of(app, link)).select_one("main").text


def test_a_link_shows_what_was_chosen_and_never_where_or_checks(app, session, worker, mine):
    text = seen_by(app, session, mine, link_of(session, mine))
    assert "Zoë Ångström" in text
    assert "Welcome" in text
    for shown in ("W1", "W2", "W3", "W4", "K1"):
        assert _name(session, shown) in text
    for hidden in ("K4", "K2"):
        assert _name(session, hidden) not in text
    assert "Kites" not in text
    assert "Mill Lane" not in text, "the owner's own note"
    assert "DBS" not in text
    assert "not a licence to practise" in text
    some = seen_by(app, session, mine, link_of(session, mine, ["W2"]))
    assert _name(session, "W2") in some
    assert _name(session, "W1") not in some
    assert "Stages done" not in some


def _name(session, key):
    from training import versions

    return versions.newest(session).pathways.by_key[key].name


def test_it_is_private_and_dead_when_withdrawn_or_over(app, session, worker, mine):
    link, stranger = link_of(session, mine), app.test_client()
    path, over = path_of(app, link), link.ends_at
    response = stranger.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    forged = path.replace(".", ".x")
    assert stranger.get(forged).status_code == 404
    assert stranger.get("/passport/no-such-token").status_code == 404
    clock.freeze(over - timedelta(minutes=1))
    assert stranger.get(path).status_code == 200
    clock.freeze(over)
    assert stranger.get(path).status_code == 410
    clock.freeze(over - timedelta(days=1))
    actions.withdraw(session, link, by=worker, at=clock.now())
    session.commit()
    dead = stranger.get(path)
    assert dead.status_code == 410
    assert "Zoë" not in dead.text


def test_each_look_is_noted_but_the_owners(app, session, worker, mine, browser):
    link, path = link_of(session, mine), ""
    path, stranger, reference = path_of(app, link), app.test_client(), link.reference
    browser(worker).get(path)
    stranger.get(path)
    stranger.get(path)
    clock.freeze(clock.now() + timedelta(hours=1))
    stranger.get(path)
    session.expire_all()
    assert len(queries.by_reference(session, reference).visits) == 2
    assert "2 March 2027, 11:30" in browser(worker).page(HERE).text


def test_it_is_made_and_withdrawn_on_the_page(session, worker, mine, browser):
    own, id_ = browser(worker), mine.id
    assert own.send(f"{HERE}/new", shows=[]).status_code == 422
    assert own.send(f"{HERE}/new", shows=["nonsense"]).status_code == 422
    done = own.send(f"{HERE}/new", shows=["W2", STAGES], days="7", for_whom="Interview")
    assert done.status_code == 303
    (link,) = session.query(PassportLink).filter_by(practitioner_id=id_)
    assert (link.shows, link.for_whom) == (["W2", STAGES], "Interview")
    assert link.ends_at == clock.now() + timedelta(days=7)
    page = own.page(HERE)
    assert page.select_one("input[readonly]")["value"].startswith("http://localhost/passport/")
    own.send(HERE, press="Withdraw this link")
    session.expire_all()
    assert link.withdrawn_at == clock.now()
    assert "withdrawn on 2 March 2027" in own.page(HERE).text


def test_nobody_touches_anothers_link(session, worker, mine, browser, lead):
    reference = link_of(session, mine).reference
    assert browser(lead).post_raw(f"{HERE}/{reference}/withdraw", {}).status_code == 404
    assert browser(lead).get(f"{HERE}/{reference}/passport.pdf").status_code == 404


def test_the_paper_says_the_same(session, worker, mine, browser):
    reference = link_of(session, mine, ["W2"]).reference
    own = browser(worker)
    whole, part = (
        "".join(page.extract_text() for page in PdfReader(BytesIO(own.get(path).data)).pages)
        for path in (f"{HERE}/passport.pdf", f"{HERE}/{reference}/passport.pdf")
    )
    assert "Zoë Ångström" in whole
    assert "Learning done; not a licence to practise" in " ".join(whole.split())
    assert "Welcome" in whole
    assert "Stages done" not in part
    assert "Scan it" in part
    assert "Scan it" not in whole
    assert "DBS" not in whole + part


def test_of_links_there_are_so_many(session, worker, mine):
    for _ in range(actions.MOST_LINKS):
        last = link_of(session, mine)
    with pytest.raises(Refused):
        link_of(session, mine)
    actions.withdraw(session, last, by=worker, at=clock.now())
    assert link_of(session, mine)


def test_it_is_in_your_data_and_goes_in_time_and_with_the_account(app, session, worker, mine):
    link, kept = link_of(session, mine), link_of(session, mine, days=90)
    actions.note_visit(session, link.id, at=clock.now())
    session.commit()
    (section,) = my_data(session, worker)
    assert [row["For whom"] for row in section.rows] == ["Mill Lane", "Mill Lane"]
    later = link.ends_at + KEPT
    assert list(retention.due(session, later)) == []
    later += timedelta(seconds=1)
    assert list(retention.due(session, later)) == [link.id]
    retention.take_away(session, kept.id, later)
    retention.take_away(session, link.id, later)
    session.commit()
    assert session.query(PassportVisit).count() == 0
    assert session.query(PassportLink).one() is kept
    path = path_of(app, kept)
    erasure.erase(session, worker, by=worker, at=clock.now())
    session.commit()
    assert session.query(PassportLink).count() == 0
    assert app.test_client().get(path).status_code == 410


@pytest.mark.once
def test_what_is_not_in_date_is_never_shown(session, worker, mine):
    from training.records.looking import look

    seen = look(session, worker, clock.today()).picture
    keys = {standing.module.key for standing in passport(seen, [ALL, "K4", "K2"]).modules}
    assert {"W1", "K1"} <= keys
    assert not keys & {"K4", "K2"}
    assert passport(seen, []).is_empty
