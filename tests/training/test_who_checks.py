"""Who checks besides leads and editors: whom a lead lets, and a buddy organisation."""

import pytest
from sqlalchemy import select

from tests.builders import accounts, people
from tests.builders import training as build
from tests.client import soup
from tests.training.conftest import TEAM
from training.buddies import actions, keeping, queries
from training.models import TrainingBuddy, TrainingRecord
from training.records import actions as records
from training.rules import ALL
from web import clock
from web.mail.models import OutboxMail
from web.mail.writing import write
from web.workflow import Refused

BUDDIES, CHECKS = f"{TEAM}/buddies", f"{TEAM}/checks"


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def state_of(session, record):
    return session.get(TrainingRecord, record.id, populate_existing=True).state


def test_a_trustee_checks_once_a_lead_says_so(session, at_work, organisation, browser):
    win, tess = (build.worker(session, organisation, "trustee", name=n) for n in ("Win", "Tess"))
    first, second = (build.entered(session, win, module) for module in ("W1", "W2"))
    own = build.entered(session, tess, "W1")
    hers = browser(tess)
    assert hers.get(CHECKS).status_code == 403
    at_work.send(BUDDIES, press="Let Tess check")
    assert "May check since" in words(at_work.get(BUDDIES))
    assert "At Kites Youth Club 2 records wait for you." in words(hers.get("/my/"))
    assert own.reference not in hers.get(CHECKS).text
    assert hers.get(f"{CHECKS}/{own.reference}").status_code == 403
    assert hers.get(TEAM).status_code == 403, "the team is for its leads and editors"
    hers.send(f"{CHECKS}/{first.reference}", press="Confirm")
    assert state_of(session, first) == "checked"
    at_work.send(BUDDIES, press="Do not let Tess check")
    assert hers.get(f"{CHECKS}/{second.reference}").status_code == 403
    role = build.role_of(session, tess, organisation)
    with pytest.raises(Refused):
        records.let_check(session, role, by=tess, at=clock.now())


def test_a_role_that_does_not_check_is_not_let(session, at_work, organisation):
    win = build.worker(session, organisation, "volunteer", name="Win")
    role = build.role_of(session, win, organisation)
    assert at_work.post_raw(f"{BUDDIES}/checkers/{role.reference}", {}).status_code == 404


def test_a_buddy_sees_what_waits_and_nothing_else(app, session, at_work, organisation, browser):
    other = accounts.checked_organisation(session, name="Otters")
    win = build.worker(session, organisation, name="Win Wood")
    mine = build.practitioner(session, win)
    records.show_modules(session, mine, organisation, [ALL], by=win, at=clock.now())
    waits, shown = build.entered(session, win, "W2"), build.entered(session, win, "M4")
    done = build.checked(session, win, "W1")
    at_work.get(f"{BUDDIES}?q=otters")
    at_work.send(f"{BUDDIES}?q=otters", press="Ask Otters")
    (agreement,) = session.scalars(select(TrainingBuddy)).all()
    theirs = browser(accounts.lead_of(other))
    there = BUDDIES.replace("kites-youth-club", "otters")
    desk = f"{BUDDIES}/{agreement.reference}/checks"
    assert theirs.get(desk).status_code == 404, "nobody has agreed yet"
    theirs.send(there, press="Agree to be the buddy of Kites Youth Club")
    assert "1 record of theirs waits for you" in words(theirs.get(there))
    assert "At Kites Youth Club 1 record waits for you." in words(theirs.get("/my/"))
    page = theirs.get(desk)
    assert "Win Wood" in words(page)
    assert waits.reference in page.text
    for hidden in (shown, done):
        assert hidden.reference not in page.text
        assert theirs.get(f"{desk}/{hidden.reference}").status_code == 404
    assert at_work.get(desk).status_code == 404, "it is not theirs to look at themselves as"
    assert "Otters may check what waits for a check." in words(browser(win).get("/my/training/"))
    theirs.send(f"{desk}/{waits.reference}", press="Confirm")
    session.refresh(waits)
    assert (waits.state, waits.checked_for_id) == ("checked", other.id)
    assert theirs.get(f"{desk}/{waits.reference}").status_code == 404
    again = build.entered(session, win, "W3")
    at_work.send(BUDDIES, press="End it with Otters")
    assert theirs.get(f"{desk}/{again.reference}").status_code == 404
    told = session.scalars(select(OutboxMail).where(OutboxMail.kind.startswith("training/buddy")))
    with app.test_request_context():
        subjects = [write(session, mail).subject for mail in told]
    assert subjects == [
        "Kites Youth Club asks to be your buddy",
        "Otters is your buddy now",
        "Kites Youth Club is not your buddy",
    ]


def test_who_asked_does_not_agree_and_nobody_asks_twice(session, organisation, lead):
    other = accounts.checked_organisation(session, name="Otters")
    there = accounts.lead_of(other)
    asked = actions.ask(session, organisation, other, by=lead, at=clock.now())
    with pytest.raises(Refused, match="already"):
        actions.ask(session, other, organisation, by=there, at=clock.now())
    with pytest.raises(Refused):
        actions.agree(session, asked, by=lead, at=clock.now())
    with pytest.raises(Refused):
        actions.end(session, asked, by=people.person(session), at=clock.now())


def test_nobody_checks_their_own_by_way_of_a_buddy(session, organisation, browser):
    other = accounts.checked_organisation(session, name="Otters")
    agreement = build.buddies(session, organisation, other)
    there = accounts.lead_of(other)
    invited = accounts.invitation(session, organisation, there.email, "viewer")
    accounts.colleagues.accept_invitation(session, invited, by=there, at=clock.now())
    build.with_roles(session, there, organisation, "volunteer")
    own = build.entered(session, there)
    desk = f"{BUDDIES}/{agreement.reference}/checks"
    assert own.reference not in browser(there).get(desk).text
    assert browser(there).get(f"{desk}/{own.reference}").status_code == 403


def test_merging_takes_agreements_along_and_back(session, organisation):
    otters, foxes = (accounts.checked_organisation(session, name=n) for n in ("Otters", "Foxes"))
    with_foxes = build.buddies(session, organisation, foxes)
    between = build.buddies(session, otters, organisation)
    who = {"by": people.officer(session), "at": clock.now()}
    memo = keeping.merging.merge(session, otters, organisation, **who)
    assert (with_foxes.organisation, between.state) == (otters, "ended")
    assert queries.named(session, [foxes.id]) == {foxes.id: ["Otters"], otters.id: ["Foxes"]}
    keeping.merging.undo(session, otters, organisation, memo, **who)
    assert (with_foxes.organisation, between.state) == (organisation, "agreed")
    assert between.stands
