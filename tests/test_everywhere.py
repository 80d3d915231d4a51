"""What must hold of every page, row and person, asked in the world of the access table: there,
every package has something of everybody."""

import random
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import merging
from accounts.actions.people import end_appointment
from accounts.models import Person
from accounts.queries.organisations import organisation_by_slug
from steering.queries import barred_people
from tests.access_table import TABLE, cells
from tests.accounts.test_completeness import SHOWN, SILENT, pointing
from tests.accounts.test_merging import rows
from tests.builders import accounts
from tests.test_access import WHO, answer, undone, world  # noqa: F401 - a fixture
from tests.web.test_audit_tampering import SEED, added_rows, changed_rows, found, removed_rows
from web import clock
from web.access import anyone, by_token, signed_out
from web.audit.verify import audited_models
from web.database import Base
from web.erasing import erase
from web.my_data import sections_of
from web.workflow import Refused

# On PostgreSQL each package's own tests tamper, merge and erase.
pytestmark = [pytest.mark.slow, pytest.mark.once]

ELSEWHERE = {
    "award_check", "closed_week", "data_request_event", "essential_fall", "framework_approval",
    "help_offer", "panel_presence", "pathway_approval", "pledge_note", "pledge_outcome",
    "practice_sitting", "practitioner_project", "sent_badge", "shown_module", "visit_sheet",
    "youth_approval",
}  # fmt: skip
"""Audited tables of which the world has no row.  The same few lines look at every table."""
ALSO = dict.fromkeys(
    (
        "practitioner_role.chosen_by_id",
        "training_record.entered_by_id",
        "training_record_event.by_id",
    ),
    "training-others",
)
"""Where it is of somebody else's training."""


LEFT_BEHIND = {
    "merger.goes_id": "it tells of it",
    "organisation_event.organisation_id": "what happened to it, and when",
    "organisation_address.organisation_id": "its old links lead on",
    "membership.organisation_id": "who had left it before",
    "invitation.organisation_id": "those that were answered before",
    "lead_handover.organisation_id": "set aside by the merger",
}


@pytest.fixture
def session_of(app):
    """Opens a session of its own in the world."""

    @contextmanager
    def opened():
        database = app.extensions["database"]
        with app.test_request_context(), database.session(writes=True) as session:
            yield session

    return opened


def one_of(model):
    return select(model).limit(1)


FREE = {
    "security.second_factor", "security.set_up_app", "security.add_passkey", "security.logout",
    "security.prove", "security.prove_by_passkey", "security.prove_by_recovery_code",
}  # fmt: skip
"""Signing out, setting up and proving."""


FEWEST = {"officer": 20, "data protection": 20, "safeguarding": 3, "assessor": 9, "chair": 9}


def cell(row, who):
    return cells(row)[WHO.index(who)]


@pytest.mark.parametrize("who", FEWEST)
def test_no_page_and_no_button_of_theirs_works_without_it(app, world, who):  # noqa: F811
    """Every row of the access table that somebody with this role may use; of the roles that came
    later, what the role opens."""
    own = [row for row in TABLE if cell(row, who) not in (403, 404, 410)]
    if who not in ("officer", "data protection"):
        own = [row for row in own if cell(row, who) != cell(row, "practitioner")]
    shut = [row for row in own if row.split()[1] not in FREE]
    assert len(shut) >= FEWEST[who]
    opened = []
    for row in shut:
        before = app.extensions["database"].pinned.begin_nested()
        got = answer(app, world, row, who, proved=False)
        before.rollback()
        rule = app.view_functions[row.split()[1]].guard.rule
        if rule in (anyone, by_token):  # it meets nobody
            right = got.status_code == cell(row, "nobody")
        elif rule is signed_out:  # who is signed in goes to their first page, and from there
            right = got.status_code in (302, 303)
        else:
            right = (got.location or "").startswith("/my/proof")
        if not right:
            opened.append((row, got.status, got.location))
    assert opened == []


# The audit


def test_any_row_changed_removed_or_added_by_sql_is_found(app, world, session_of):  # noqa: F811
    """Every audited table of every package, all at once: each is told of."""
    for tamper in (changed_rows, removed_rows, added_rows):
        with undone(app), session_of() as session:
            tampered = tamper(session, random.Random(SEED))
            assert len(tampered) > 30, tamper.__name__
            told = "\n".join(found(session))
            assert [one for one in tampered if one not in told] == [], tamper.__name__


def test_of_nearly_every_audited_table_there_is_a_row(world, session_of):  # noqa: F811
    """Else the tests here say nothing of it."""
    with session_of() as session:
        without = {m.__tablename__ for m in audited_models() if session.scalar(one_of(m)) is None}
    assert " ".join(sorted(without - ELSEWHERE)) == ""


# What somebody can see of themselves


def test_what_points_to_anybody_is_shown_to_them(world, session_of):  # noqa: F811
    shown, unseen = {}, set()
    with session_of() as session:
        for name, column in pointing().items():
            number = session.scalar(select(column).where(column.is_not(None)).limit(1))
            if number is None or name in SILENT:
                continue
            if number not in shown:
                person = session.get_one(Person, number)
                shown[number] = {part.key: part.rows for part in sections_of(session, person)}
            if not any(shown[number].get(key) for key in (SHOWN[name], ALSO.get(name))):
                unseen.add(name)
    assert unseen == set()


# Two that become one


@pytest.mark.parametrize("which", ["draft", "awarded", "told"])
def test_a_merger_leaves_nothing_behind_and_is_undone_to_the_letter(app, world, session_of, which):  # noqa: F811
    """Of every package: with a case that is read, an award, a decision, what learners do."""
    with undone(app), session_of() as session:
        by = session.scalars(select(Person).where(Person.fs_uniquifier == world.people["officer"]))
        officer = by.one()
        stays = accounts.checked_organisation(session, name="New Home")
        goes = organisation_by_slug(session, world.addresses[which]["slug"])
        before, barred = rows(session), barred_from(session, goes)
        merger = accounts.merger(session, officer, stays, goes)
        assert set(still_of(session, goes)) <= set(LEFT_BEHIND)
        assert len(barred_from(session, stays)) >= len(barred) > 3, "also who had left it before"
        clock.freeze(clock.now() + timedelta(hours=23))
        parts = accounts.merge_parts()
        merging.undo(session, merger, by=officer, at=clock.now(), parts=parts)
        session.commit()
        after = rows(session)
        assert {name: (set(before[name]) ^ set(after[name])) for name in before
                if before[name] != after[name]} == {}  # fmt: skip
        assert found(session) == []


def barred_from(session, organisation):
    who = session.scalars(select(Person.id)).all()
    return barred_people(session, organisation.id, who, clock.today(), 3)


def still_of(session, organisation):
    """Tables with a row that still names it."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            of = any(key.column.table.name == "organisation" for key in column.foreign_keys)
            if of and session.scalar(select(column).where(column == organisation.id).limit(1)):
                yield f"{table.name}.{column.name}"


# Erasing


def test_everybody_can_be_erased_and_the_chain_stays_whole(app, world, session_of):  # noqa: F811
    """Assessors, members, young people, officers, practitioners: once their roles have ended."""
    held = set()
    with undone(app), session_of() as session:
        for person in session.scalars(select(Person).where(Person.erased_at.is_(None))).all():
            held |= _erased(session, person)
        assert held == {"You read the case"}
        assert found(session) == []


def _erased(session, person):
    """What stood in the way, if anything, in its first words."""
    for appointment in person.appointments:
        if appointment.ended_at is None:
            end_appointment(session, person, appointment.role, by="system:test", at=clock.now())
    try:
        erase(session, person, by=person, at=clock.now())
    except Refused as refused:
        return {" ".join(reason.split()[:4]) for reason in refused.reasons}
    session.commit()
    return set()
