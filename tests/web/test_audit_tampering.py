"""A real history, tampered with by SQL a hundred times: each time it is found."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import JSON, inspect, select, text
from sqlalchemy.exc import DBAPIError

from charter import states
from tests.builders import accounts, charter, people
from tests.conftest import SECRET
from web import clock
from web.audit.chain import audited_fields
from web.audit.verify import audited_models, verify
from web.erasing import erase

pytestmark = pytest.mark.slow

KEY = SECRET[::-1].encode()
SEED = 20270302


@pytest.fixture
def history(session):
    """Clubs, pledges in several states, requests, and two people erased."""
    for state in (states.DRAFT, states.LIVE, states.RETURNED):
        lead = people.person(session, f"Lena {state}")
        club = accounts.checked_organisation(session, lead, name=f"Club {state}")
        accounts.place(session, accounts.project(session, club))
        accounts.invitation(session, club, f"{state}@example.org")
        charter.pledge(session, state, organisation=club)
        people.data_request(session, lead, words=state)
    for name in ("Amina Khan", "Bo Berg"):
        person = accounts.member(session, club, "editor", name)
        erase(session, person, by=person, at=clock.now())
        session.commit()
    assert found(session) == []
    return session


def found(session):
    session.expire_all()
    return list(verify(session, KEY))


# Each takes the connection and the dice, tampers, and says what it did; None: it could not.


def change_an_entry(run, dice):
    number, column = (
        any_entry(run, dice),
        dice.choice(("verb", "actor", "subject", "seal", "previous")),
    )
    run(f"UPDATE audit_entry SET {column} = {column} || 'x' WHERE number = :n", n=number)
    return f"entry {number}: {column}"


def move_an_entry_in_time(run, dice):
    number = any_entry(run, dice)
    run("UPDATE audit_entry SET at = :at WHERE number = :n", n=number, at="2001-01-01 00:00:00")
    return f"entry {number}: at"


def empty_an_entry(run, dice):
    number = dice.choice(
        [n for (n,) in run("SELECT number FROM audit_entry WHERE CAST(digests AS TEXT) <> '{}'")]
    )
    run("UPDATE audit_entry SET digests = '{}' WHERE number = :n", n=number)
    return f"entry {number}: digests"


def delete_an_entry(run, dice):
    number = any_entry(run, dice)
    run("DELETE FROM audit_value WHERE entry_number = :n", n=number)
    run("DELETE FROM audit_entry WHERE number = :n", n=number)
    return f"entry {number} deleted"


def delete_and_close_up(run, dice):
    """Take one out and number those after it anew."""
    last = highest(run)
    number = dice.randint(1, last)
    run("DELETE FROM audit_value WHERE entry_number >= :n", n=number)
    run("DELETE FROM audit_entry WHERE number = :n", n=number)
    for n in range(number + 1, last + 1):
        run("UPDATE audit_entry SET number = :m WHERE number = :n", m=n - 1, n=n)
    run("UPDATE audit_head SET number = :n", n=last - 1)
    return f"entry {number} taken out"


def insert_an_entry(run, dice):
    last, like = highest(run), any_entry(run, dice)
    run(
        "INSERT INTO audit_entry (number, at, actor, verb, subject, digests, previous, seal)"
        " SELECT :new, at, actor, verb, subject, digests, (SELECT seal FROM audit_entry"
        " WHERE number = :last), seal FROM audit_entry WHERE number = :like",
        new=last + 1, last=last, like=like,
    )  # fmt: skip
    if dice.random() < 0.5:
        run(
            "UPDATE audit_head SET number = :n,"
            " seal = (SELECT seal FROM audit_entry WHERE number = :n)",
            n=last + 1,
        )
    return f"entry {like} again as {last + 1}"


def truncate(run, dice):
    """The last n entries gone; the head told of the last that is left, without the key."""
    n, last = dice.randint(1, 12), highest(run)
    run("DELETE FROM audit_value WHERE entry_number > :n", n=last - n)
    run("DELETE FROM audit_entry WHERE number > :n", n=last - n)
    run(
        "UPDATE audit_head SET number = :n, seal = (SELECT seal FROM audit_entry WHERE number = :n)",
        n=last - n,
    )
    return f"{n} cut off"


def swap(run, dice):
    a, b = dice.sample(range(1, highest(run) + 1), 2)
    rows = {
        n: dict(
            run("SELECT verb, subject, actor FROM audit_entry WHERE number = :n", n=n)
            .mappings()
            .one()
        )
        for n in (a, b)
    }
    if rows[a] == rows[b]:
        return None
    for n, row in ((a, rows[b]), (b, rows[a])):
        run(
            "UPDATE audit_entry SET verb = :verb, subject = :subject, actor = :actor"
            " WHERE number = :n", n=n, **row,
        )  # fmt: skip
    return f"{a} and {b} swapped"


def edit_a_value(run, dice):
    number, field = dice.choice(
        run("SELECT entry_number, field FROM audit_value ORDER BY entry_number, field").all()
    )
    run(
        "UPDATE audit_value SET after = '\"forged\"' WHERE entry_number = :n AND field = :f",
        n=number, f=field,
    )  # fmt: skip
    return f"value {number} {field}"


def bring_back_a_purged_value(run, dice):
    """Write a name to an entry whose values were purged."""
    number = dice.choice(
        [
            n
            for (n,) in run(
                "SELECT number FROM audit_entry WHERE subject LIKE 'person:%' AND number NOT IN"
                " (SELECT entry_number FROM audit_value) ORDER BY number"
            )
        ]
    )
    run(
        "INSERT INTO audit_value (entry_number, field, after) VALUES (:n, 'name', '\"Eve\"')",
        n=number,
    )
    return f"value added to {number}"


def edit_the_head(run, dice):
    column = dice.choice(("seal", "proof"))
    run(f"UPDATE audit_head SET {column} = :v", v=f"{dice.random()}")
    return f"head: {column}"


def forget_the_head(run, _dice):
    run("DELETE FROM audit_head")
    return "no head"


CHAIN = (
    change_an_entry, move_an_entry_in_time, empty_an_entry, delete_an_entry, delete_and_close_up,
    insert_an_entry, truncate, swap, edit_a_value, bring_back_a_purged_value, edit_the_head,
    forget_the_head,
)  # fmt: skip


def other_than(value, column, dice):
    if isinstance(column.type, JSON):
        return '["forged"]'
    kind = column.type.python_type
    if kind is bool:
        return not value
    if kind is int:
        return (value or 0) + dice.randint(1, 3)
    if kind is datetime:
        return clock.now() + timedelta(days=dice.randint(100, 999))
    if kind is str:
        return f"{value or ''}forged"
    return clock.today() + timedelta(days=dice.randint(1000, 2000))


def any_entry(run, dice):
    return dice.randint(1, highest(run))


def highest(run):
    return run("SELECT MAX(number) FROM audit_entry").scalar()


def tamper(session, kind, dice, *more):
    """Tamper inside a savepoint, look, and undo it.  None: the database itself refused."""
    connection = session.connection()
    point = connection.begin_nested()

    def run(statement, **values):
        return connection.execute(text(statement), values)

    try:
        did = kind(run, dice, *more)
        return None if did is None else (did, found(session))
    except DBAPIError:
        return None
    finally:
        point.rollback()
        session.expire_all()


def test_a_hundred_tamperings_of_the_chain_are_all_found(history):
    dice, seen = random.Random(SEED), {kind.__name__: 0 for kind in CHAIN}
    while sum(seen.values()) < 100:
        kind = dice.choice(CHAIN)
        result = tamper(history, kind, dice)
        if result is not None:
            did, said = result
            assert said, f"not found: {did}"
            seen[kind.__name__] += 1
    assert min(seen.values()) > 0, seen
    assert found(history) == []


# Rows, behind the portal's back.  Each changes what it can, and returns what is to be told of it.

A_TABLE = 12
"""Changes tried in each table."""


def changed_rows(session, dice):
    """Any audited column of any row of an audited table."""
    told = set()
    for model, rows in _audited(session):
        keys = [c.name for c in model.__table__.primary_key]
        columns = [f for f in audited_fields(model) if f not in keys]
        for _ in range(A_TABLE if columns else 0):
            row, column = dice.choice(rows), dice.choice(columns)
            value = other_than(row[column], model.__table__.columns[column], dice)
            if value != row[column] and _ran(
                session,
                f'UPDATE "{model.__tablename__}" SET "{column}" = :value WHERE {_where(keys)}',
                value=value, **{key: row[key] for key in keys},
            ):  # fmt: skip
                told.add(f"{_name(model, row)}: {column} was changed")
    return told


def removed_rows(session, dice):
    """One of each table, where nothing points to it."""
    told = set()
    for model, rows in _audited(session):
        keys = [c.name for c in model.__table__.primary_key]
        row = dice.choice(rows)
        gone = f'DELETE FROM "{model.__tablename__}" WHERE {_where(keys)}'
        if _ran(session, gone, **{key: row[key] for key in keys}):
            told.add(f"{_name(model, row)} was removed")
    return told


def added_rows(session, dice):
    """One of each table again, under another number and reference."""
    told = set()
    for model, rows in _audited(session):
        if "id" not in model.__table__.columns:
            continue
        row = dict(dice.choice(rows))
        new = {"id": row["id"] + 90_000} | {
            name: f"{row[name]}-2" for name in ("reference", "slug", "email") if row.get(name)
        }
        names = [c.name for c in model.__table__.columns]
        others = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(f":{name}" if name in new else f'"{name}"' for name in names)
        copied = f'INSERT INTO "{model.__tablename__}" ({others}) SELECT {values} FROM'
        if _ran(session, f'{copied} "{model.__tablename__}" WHERE id = :old', old=row["id"], **new):
            told.add(f"{_name(model, new)} was added")
    return told


def _audited(session):
    """Each audited table that has rows, with some of them."""
    for model in audited_models():
        rows = session.execute(select(model.__table__).limit(50)).mappings().all()
        if rows:
            yield model, rows


def _where(keys):
    return " AND ".join(f'"{key}" = :{key}' for key in keys)


def _name(model, row):
    keys = inspect(model).primary_key
    return f"{model.__tablename__}:{'-'.join(str(row[key.name]) for key in keys)}"


def _ran(session, statement, **values):
    """Whether the database did it; it refuses what its own constraints forbid."""
    connection = session.connection()
    point = connection.begin_nested()
    try:
        did = connection.execute(text(statement), values).rowcount
        point.commit()
    except DBAPIError:
        point.rollback()
        return False
    return did == 1


def test_a_column_that_came_later_must_hold_what_a_new_column_holds(history, monkeypatch):
    """As if ``download_offered_at`` of organisations had been added by a migration."""
    from accounts.models import Person

    monkeypatch.setattr(
        Person, "unaudited", tuple(f for f in Person.unaudited if f != "download_offered_at")
    )
    assert found(history) == []
    history.connection().execute(
        text("UPDATE person SET download_offered_at = '2020-01-01 00:00:00'")
    )
    assert any("download_offered_at was changed" in said for said in found(history))
