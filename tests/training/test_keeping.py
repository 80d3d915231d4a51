"""What stays, for how long, and what goes: leaving, erasing, merging, the database itself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts import retention as accounts_retention
from accounts.actions import colleagues, merging
from tests.accounts.test_erasing import unsound
from tests.builders import accounts, people
from tests.builders import training as build
from tests.conftest import NOW
from tests.web.files import making
from training import versions
from training.keeping.retention import retention
from training.models import (
    PassportLink,
    Practitioner,
    PractitionerRole,
    ShownModule,
    TrainingRecord,
    TrainingRecordEvent,
)
from training.records import actions, looking, queries, writing
from training.status import Status
from training.team import queries as team
from training.team import volunteers
from web import clock
from web.audit.models import AuditValue
from web.database import Base
from web.erasing import erase
from web.files.models import StoredFile
from web.unchanging import Unchangeable
from web.workflow import Refused

RULES = {rule.name: rule for rule in retention}
TABLES = (Practitioner, PractitionerRole, ShownModule, TrainingRecord, TrainingRecordEvent)
YEAR = timedelta(days=366)


@pytest.fixture
def worker(session, organisation):
    return build.worker(session, organisation, "volunteer")


def leave(session, organisation, person):
    standing = accounts.membership(session, organisation, person)
    colleagues.end_membership(session, standing, by=person, at=clock.now())
    session.commit()


def due(session, name, later):
    return list(RULES[name].due(session, NOW + later))


def take(session, name, id_, later):
    RULES[name].take_away(session, id_, NOW + later)
    session.commit()


# For how long


def test_training_is_kept_while_a_member_and_six_years_after(app, session, organisation, worker):
    build.checked(session, worker, certificate=making.pdf())
    mine = queries.practitioner_of(session, worker)
    with app.test_request_context():
        assert due(session, "training", 20 * YEAR) == []
        leave(session, organisation, worker)
        assert due(session, "training", 5 * YEAR) == []
        assert due(session, "training", 7 * YEAR) == [mine.id]
        take(session, "training", mine.id, 5 * YEAR)  # looks again
        assert queries.practitioner_of(session, worker) is not None
        take(session, "training", mine.id, 7 * YEAR)
    for table in TABLES:
        assert session.scalar(select(func.count()).select_from(table)) == 0, table
    assert session.scalars(select(StoredFile)).one().destroyed_at is not None
    assert unsound(session) == []


def test_an_unused_account_goes_and_a_members_training_waits_for_them(
    app, session, organisation, worker
):
    name, email = worker.name, worker.email
    kept = build.checked(session, worker, certificate=making.pdf())
    link = build.passport_link(session, worker)
    mine = kept.practitioner
    with app.test_request_context():
        erase(session, worker, by=accounts_retention.BY, at=clock.now())
    session.commit()
    session.expire_all()
    assert (mine.person_id, mine.called, mine.email) == (None, name, email)
    assert session.get(PassportLink, link.id) is None
    assert (kept.state, kept.file.destroyed_at) == ("checked", None)
    pathways = versions.newest(session).pathways
    assert [m.called for m in team.team(session, organisation, pathways, clock.today())] == [name]
    assert due(session, "training", 20 * YEAR) == [], "a lead has not said that they left"
    assert unsound(session) == []
    again = people.person(session, name, email)
    volunteers.claim(session, mine, by=again, at=clock.now())
    session.commit()
    assert queries.records_of(session, queries.practitioner_of(session, again)) == [kept]


def test_employers_checks_are_kept_six_months_after_leaving(app, session, organisation, worker):
    role = build.checks_noted(session, worker, organisation)
    with app.test_request_context():
        assert due(session, "employer-checks", 3 * YEAR) == []
        leave(session, organisation, worker)
        assert due(session, "employer-checks", timedelta(days=150)) == []
        assert due(session, "employer-checks", timedelta(days=200)) == [role.id]
        take(session, "employer-checks", role.id, timedelta(days=200))
    assert (role.checks_on, role.checks_review_on, role.checks_by_id) == (None, None, None)


def test_nothing_about_dbs_has_a_place():
    """Of an employer's checks: that they are finished, when, when again, who said so."""
    columns = {c.name for c in Base.metadata.tables["practitioner_role"].columns}
    of_training = {"may_check_since", "let_check_by_id"}
    known = {"checks_on", "checks_review_on", "checks_by_id"} | of_training
    assert {c for c in columns if "check" in c} == known
    names = {c.name for t in TABLES for c in t.__table__.columns}
    assert not [n for n in names if "dbs" in n or "disclosure" in n]


def test_only_a_lead_notes_them_and_not_of_themselves(session, organisation, lead, worker):
    build.with_roles(session, lead, organisation, "manager")
    own = build.role_of(session, lead, organisation)
    with pytest.raises(Refused, match="Another lead"):
        actions.note_checks(session, own, clock.today(), None, by=lead, at=clock.now())
    theirs = build.role_of(session, worker, organisation)
    for who in (people.officer(session), worker):
        with pytest.raises(Refused):
            actions.note_checks(session, theirs, clock.today(), None, by=who, at=clock.now())


# Erasing


def test_who_is_erased_takes_their_training_along(session, organisation, worker):
    build.checked(session, worker, provider="Zebra Learning", certificate=making.pdf())
    mine = queries.practitioner_of(session, worker)
    actions.show_modules(session, mine, organisation, ["*"], by=worker, at=clock.now())
    session.commit()
    erase(session, worker, by=worker, at=clock.now())
    session.commit()
    for table in TABLES:
        assert session.scalar(select(func.count()).select_from(table)) == 0, table
    assert "Zebra" not in str(session.scalars(select(AuditValue.after)).all())


def test_who_checked_others_stays_in_theirs_without_a_name(session, organisation, lead, worker):
    made = build.checked(session, worker, by=lead)
    other = accounts.member(session, organisation, "editor", "Next Lead")
    colleagues.change_role(
        session, accounts.membership(session, organisation, other), "lead", by=lead, at=clock.now()
    )
    session.commit()
    erase(session, lead, by=lead, at=clock.now())
    session.commit()
    session.refresh(made)
    assert (made.state, made.checked_by.name) == ("checked", "Somebody who has left")


# Leaving, coming back, merging


def test_a_role_ends_with_the_membership_and_is_chosen_anew(session, organisation, worker):
    leave(session, organisation, worker)
    mine = queries.practitioner_of(session, worker)
    assert [r.stands for r in mine.roles] == [False]
    lead = accounts.lead_of(organisation)
    asked = colleagues.invite(
        session, organisation, email=worker.email, role="viewer", by=lead, at=clock.now(),
        good_for=timedelta(days=14), most_a_day=50,
    )  # fmt: skip
    colleagues.accept_invitation(session, asked, by=worker, at=clock.now())
    session.commit()
    build.with_roles(session, worker, organisation, "volunteer")
    session.expire_all()
    assert [r.stands for r in mine.roles] == [False, True]


def test_what_people_do_goes_along_when_two_become_one_and_comes_back(session, pathways):
    stays = accounts.checked_organisation(session, name="Harbour Youth")
    goes = accounts.checked_organisation(session, name="Quayside Kids")
    alone = build.worker(session, goes, "volunteer", "trustee")
    both = build.worker(session, goes, "volunteer", name="Bo Both")
    asked = accounts.invitation(session, stays, both.email, "viewer")
    colleagues.accept_invitation(session, asked, by=both, at=clock.now())
    session.commit()
    before = roles_now(session)
    officer = people.officer(session)
    merger = accounts.merger(session, officer, stays, goes)
    session.expire_all()
    for who, keys in ((alone, {"volunteer", "trustee"}), (both, {"volunteer"})):
        mine = queries.practitioner_of(session, who)
        assert {(r.organisation_id, r.role) for r in mine.roles if r.stands} == {
            (stays.id, key) for key in keys
        }
    merging.undo(session, merger, by=officer, at=clock.now(), parts=accounts.merge_parts())
    session.commit()
    session.expire_all()
    assert roles_now(session) == before


def roles_now(session):
    found = session.scalars(select(PractitionerRole).order_by(PractitionerRole.id))
    return [(r.organisation_id, r.membership_id, r.role, r.ended_at, r.stands) for r in found]


def test_the_same_role_at_both_stands_once(session, pathways):
    stays = accounts.checked_organisation(session, name="Harbour Youth")
    goes = accounts.checked_organisation(session, name="Quayside Kids")
    both = build.worker(session, goes, "volunteer", name="Bo Both")
    asked = accounts.invitation(session, stays, both.email, "viewer")
    colleagues.accept_invitation(session, asked, by=both, at=clock.now())
    build.with_roles(session, both, stays, "volunteer")
    before = roles_now(session)
    officer = people.officer(session)
    merger = accounts.merger(session, officer, stays, goes)
    session.expire_all()
    assert [r.stands for r in queries.practitioner_of(session, both).roles].count(True) == 1
    merging.undo(session, merger, by=officer, at=clock.now(), parts=accounts.merge_parts())
    session.commit()
    session.expire_all()
    assert roles_now(session) == before


# Looking


def test_many_are_looked_at_together_as_each_alone(session, organisation, pathways):
    people_ = [build.worker(session, organisation, name=f"W {n}") for n in range(3)]
    for n, person in enumerate(people_):
        for code in ("W1", "W2", "K2")[:n]:
            build.checked(session, person, code)
    ids = [queries.practitioner_of(session, p).id for p in people_]
    found = looking.pictures(session, pathways.pathways, ids, clock.today())
    for person, id_ in zip(people_, ids, strict=True):
        assert found[id_] == looking.look(session, person, clock.today()).picture
    assert found[ids[2]].modules["W2"].status is Status.IN_DATE


# What the database holds


def test_events_stand_for_good_but_for_their_words(session, worker):
    made = build.sent_back(session, worker)
    event = made.events[-1]
    event.verb = "check"
    with pytest.raises(Unchangeable):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"how": "by magic"},
        {"state": "asked"},
        {"state": "checked"},
        {"file_name": "nothing.pdf"},
        {"state": "recognised", "how": "prior learning"},
        {"how": "prior learning", "is_update": True},
    ],
    ids=str,
)
def test_a_record_that_cannot_be_is_refused_by_the_database(session, worker, wrong):
    made = build.entered(session, worker)
    for name, value in wrong.items():
        setattr(made, name, value)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_same_module_of_the_same_day_is_entered_once(session, worker):
    made = build.entered(session, worker)
    with pytest.raises(writing.EnteredAlready) as caught:
        build.entered(session, worker)
    assert caught.value.there is made
    build.entered(session, worker, is_update=True)
