"""What must hold of every page, row and person, asked in the world of the access table: there,
every package has something of everybody."""

import random
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from accounts.actions.people import end_appointment
from accounts.models import Person
from tests.access_table import TABLE, cells
from tests.accounts.test_completeness import SHOWN, SILENT, pointing
from tests.test_access import WHO, answer, undone, world  # noqa: F401 - a fixture
from tests.web.test_audit_tampering import SEED, added_rows, changed_rows, found, removed_rows
from web import clock
from web.access import anyone, by_token, signed_out
from web.audit.verify import audited_models
from web.erasing import erase
from web.my_data import sections_of
from web.workflow import Refused

ELSEWHERE = {
    "award_check", "data_request_event", "essential_fall", "framework_approval", "help_offer",
    "panel_presence", "pathway_approval", "pledge_note", "pledge_outcome", "practice_sitting",
    "sent_badge", "shown_module", "visit_sheet", "youth_approval",
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
