"""The chain: who did what, and every kind of tampering is found."""

import hashlib
import hmac
import json
import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from accounts.models import Person
from charter.models import CharterVersion
from tests.conftest import SECRET
from tests.web import probe
from tests.web.conftest import at_once
from web import clock
from web.audit import AuditEntry, AuditHead, AuditValue, record
from web.audit.chain import Unrecorded, add_many, history_of, remove_many
from web.audit.digest import field_digests, head_proof, seal
from web.audit.verify import verify
from web.files.models import StoredFile

KEY = SECRET[::-1].encode()


def found(session):
    session.expire_all()
    return list(verify(session, KEY))


@pytest.fixture
def chain(session):
    """Sam registers, two versions are published, one is renamed, the other removed."""
    sam = probe.a_person(session)
    first = probe.a_version(session, "2026", "Plain")
    second = probe.a_version(session, "2027", "Other")
    session.commit()
    first.title = "Zoë’s Charter"
    record(session, first, "renamed", by=sam, at=clock.now())
    session.commit()
    session.delete(second)
    record(session, second, "removed", by=sam, at=clock.now())
    session.commit()
    assert found(session) == []
    return session


def entries(session):
    return session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()


def test_an_entry_says_who_did_what_to_which_row_and_never_a_value(chain):
    told = [
        (e.number, e.actor.split(":")[0], e.verb, e.subject.split(":")[0]) for e in entries(chain)
    ]
    assert told == [
        (1, "system", "registered", "person"),
        (2, "system", "published", "charter_version"),
        (3, "system", "published", "charter_version"),
        (4, "person", "renamed", "charter_version"),
        (5, "person", "removed", "charter_version"),
    ]
    written = str(
        [[getattr(e, c.key) for c in AuditEntry.__table__.columns] for e in entries(chain)]
    )
    for value in ("Sam", "example.org", "Zoë", "Plain"):
        assert value not in written
    assert list(entries(chain)[3].digests) == ["title"]
    assert entries(chain)[4].digests == {"removed": "removed"}


def test_the_digests_are_keyed(chain):
    """Two people of one name, and one name in two databases, share no digest."""
    other = probe.a_person(chain, "Ada Bell")
    other.name = "Sam Okafor"
    record(chain, other, "renamed", by=other, at=clock.now())
    chain.commit()
    first, last = entries(chain)[0], entries(chain)[-1]
    assert first.digests["name"] != last.digests["name"]


def test_values_stand_apart_and_secrets_nowhere(chain):
    values = chain.scalars(select(AuditValue).where(AuditValue.entry_number == 1)).all()
    kept = {value.field: value.after for value in values}
    assert kept["name"] == "Sam Okafor"
    assert not {"password", "fs_uniquifier", "us_totp_secrets", "version"} & set(kept)
    assert "password" in entries(chain)[0].digests
    assert "version" not in entries(chain)[0].digests


def test_somebody_new_may_register_themselves(session):
    sam = Person(name="Sam", email="sam@example.org", fs_uniquifier="x", created_at=clock.now())
    session.add(sam)
    record(session, sam, "registered", by=sam, at=clock.now())
    session.commit()
    assert entries(session)[-1].actor == f"person:{sam.id}"


def test_the_history_of_a_thing_is_newest_first(chain):
    version = chain.scalars(select(CharterVersion)).one()
    assert [e.verb for e in history_of(chain, version)] == ["renamed", "published"]


# What cannot be done


def change_silently(session):
    session.scalars(select(CharterVersion)).one().title = "Silent"


def change_and_flush(session):
    change_silently(session)
    session.flush()


def add_silently(session):
    session.add(
        CharterVersion(
            code="x", title="", summary="", language="", fingerprint="", published_at=clock.now()
        )
    )


def remove_silently(session):
    session.delete(session.scalars(select(CharterVersion)).one())


def record_another(session):
    change_and_flush(session)
    record(session, session.scalars(select(Person)).one(), "seen", by="system:x", at=clock.now())


@pytest.mark.parametrize(
    "work", [change_silently, change_and_flush, add_silently, remove_silently, record_another]
)
def test_a_change_that_nobody_recorded_cannot_be_committed(chain, work):
    work(chain)
    with pytest.raises(Unrecorded, match="charter_version:"):
        chain.commit()
    chain.rollback()
    assert found(chain) == []
    assert len(entries(chain)) == 5


@pytest.mark.parametrize(
    "statement",
    [
        update(CharterVersion).values(title="All"),
        delete(CharterVersion),
        insert(CharterVersion).values(code="x"),
    ],
)
def test_bulk_statements_on_audited_rows_are_refused(chain, statement):
    with pytest.raises(Unrecorded, match="change it row by row"):
        chain.execute(statement)


def test_a_rollback_forgets_what_was_recorded(chain):
    version = chain.scalars(select(CharterVersion)).one()
    version.title = "Undone"
    record(chain, version, "renamed", by="system:x", at=clock.now())
    chain.flush()
    chain.rollback()
    chain.commit()
    assert len(entries(chain)) == 5
    assert found(chain) == []


def test_setting_what_is_there_already_is_no_change(chain):
    version = chain.scalars(select(CharterVersion)).one()
    version.title = str(version.title)
    chain.commit()
    assert len(entries(chain)) == 5


def test_several_flushes_make_one_entry_with_the_last_value(chain):
    version = chain.scalars(select(CharterVersion)).one()
    for title in ("One", "Two"):
        version.title = title
        chain.flush()
    record(chain, version, "renamed", by="system:x", at=clock.now())
    chain.commit()
    values = chain.scalars(select(AuditValue).where(AuditValue.entry_number == 6)).all()
    assert [(v.field, v.after) for v in values] == [("title", "Two")]
    assert found(chain) == []


def test_a_change_to_a_row_that_was_not_loaded(chain):
    version = chain.scalars(select(CharterVersion)).one()
    chain.expire_all()
    version.title = "Blind"
    record(chain, version, "renamed", by="system:x", at=clock.now())
    chain.commit()
    assert found(chain) == []


def test_made_and_removed_in_one_transaction(chain):
    version = probe.a_version(chain, "2030")
    chain.flush()
    chain.delete(version)
    record(chain, version, "removed", by="system:x", at=clock.now())
    chain.commit()
    assert found(chain) == []


def test_values_may_be_purged(chain):
    chain.execute(delete(AuditValue))
    chain.commit()
    assert found(chain) == []


def test_values_of_every_type_come_back_as_they_were_written(session):
    moment = clock.now() + timedelta(microseconds=123_456)
    version = probe.a_version(session, "2032", "It’s “é” 🎈 \u202e\n\t")
    version.published_at = moment.astimezone(clock.LONDON)
    version.agreed_by, version.agreed_on = "Us", clock.today()
    session.commit()
    assert found(session) == []


# Tampering, each kind by SQL as somebody with the database's password would do it

TAMPERINGS = {
    "an entry's verb": (
        "UPDATE audit_entry SET verb = 'x' WHERE number = 4",
        "Entry 4 was changed",
    ),
    "an entry's actor": (
        "UPDATE audit_entry SET actor = 'person:99' WHERE number = 5",
        "Entry 5 was",
    ),
    "an entry's subject": (
        "UPDATE audit_entry SET subject = 'x:1' WHERE number = 2",
        "Entry 2 was",
    ),
    "an entry's moment": (
        "UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE number = 3",
        "3 was",
    ),
    "an entry's digests": ("UPDATE audit_entry SET digests = '{}' WHERE number = 4", "Entry 4 was"),
    "an entry's seal": (
        "UPDATE audit_entry SET seal = '0' WHERE number = 3",
        "Entry 3 was changed",
    ),
    "an entry's place": (
        "UPDATE audit_entry SET previous = '0' WHERE number = 3",
        "does not follow",
    ),
    "a removed entry": (
        "DELETE FROM audit_value WHERE entry_number = 4; DELETE FROM audit_entry WHERE number = 4",
        "Entry 4 is missing",
    ),
    "the last entry cut off": (
        "DELETE FROM audit_value WHERE entry_number = 5; DELETE FROM audit_entry WHERE number = 5",
        "The head does not name the last entry",
    ),
    "cut off and the head put back": (
        "DELETE FROM audit_value WHERE entry_number = 5; DELETE FROM audit_entry WHERE number = 5;"
        " UPDATE audit_head SET number = 4, seal = (SELECT seal FROM audit_entry WHERE number = 4)",
        "The head does not name the last entry",
    ),
    "everything cut off": (
        "DELETE FROM audit_value; DELETE FROM audit_entry; DELETE FROM audit_head",
        "was added behind the portal's back",
    ),
    "the head alone": ("UPDATE audit_head SET number = 9", "The head does not name"),
    "no head": ("DELETE FROM audit_head", "The head does not name"),
    "an entry added": (
        "INSERT INTO audit_entry (number, at, actor, verb, subject, digests, previous, seal) SELECT"
        " 6, at, actor, verb, subject, digests, seal, seal FROM audit_entry WHERE number = 5",
        "Entry 6 was changed",
    ),
    "a kept value": (
        "UPDATE audit_value SET after = '\"Eve\"' WHERE entry_number = 1 AND field = 'name'",
        "The value kept with entry 1 (name) was changed",
    ),
    "a value added": (
        "INSERT INTO audit_value (entry_number, field, after) VALUES (4, 'summary', '\"x\"')",
        "The value kept with entry 4 (summary) was changed",
    ),
    "a row": ("UPDATE person SET name = 'Eve'", ": name was changed behind the portal's back"),
    "a row's secret": ("UPDATE person SET password = 'x'", ": password was changed behind"),
    "a row taken away": ("DELETE FROM charter_version", "was removed behind the portal's back"),
    "a row added": (
        "INSERT INTO charter_version (id, code, title, summary, language, published_at, fingerprint)"
        " SELECT 9999, 'eve', title, summary, language, published_at, fingerprint"
        " FROM charter_version",
        "charter_version:9999 was added behind the portal's back",
    ),
}


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_tampering_is_found(chain, kind):
    statements, said = TAMPERINGS[kind]
    for statement in statements.split(";"):
        chain.connection().execute(text(statement))
    assert any(said in sentence for sentence in found(chain)), found(chain)


def test_without_the_key_no_entry_can_be_forged(chain):
    last = entries(chain)[-1]
    forged = AuditEntry(
        number=6, at=last.at, actor="person:1", verb="seen", subject=last.subject, digests={}
    )
    forged.previous = last.seal
    forged.seal = seal(b"a guess", forged)
    chain.add(forged)
    chain.get_one(AuditHead, 1).number = 6
    chain.get_one(AuditHead, 1).seal = forged.seal
    chain.commit()
    said = found(chain)
    assert "Entry 6 was changed after it was written." in said
    assert "The head does not name the last entry: entries were cut off or added." in said


def test_a_hundred_random_tamperings_are_all_found(chain):
    """Any one column of any one row of the chain, changed to any one other value."""
    dice = random.Random(7)
    columns = [c.name for c in AuditEntry.__table__.columns if c.name not in ("at", "digests")]
    connection = chain.connection()
    connection.execute(text("DELETE FROM audit_value"))
    for _ in range(100):
        number, column = dice.randint(1, 5), dice.choice(columns)
        other = dice.choice(["0", "a", "⁂"]) if column != "number" else dice.randint(6, 99)
        before = connection.scalar(
            text(f"SELECT {column} FROM audit_entry WHERE number = {number}")
        )
        change = text(f"UPDATE audit_entry SET {column} = :v WHERE number = :n")
        connection.execute(change, {"v": other, "n": number})
        assert found(chain), (number, column, other)
        now_at = other if column == "number" else number
        connection.execute(change, {"v": before, "n": now_at})
    assert found(chain) == []


def test_a_row_whose_column_came_later_is_well(chain):
    """A migration adds a column: no entry tells of it yet."""
    entry = entries(chain)[0]
    told = dict(entry.digests)
    del told["second_email"]
    for e in entries(chain):
        e.digests = told if e.number == 1 else e.digests
    previous = None
    for e in entries(chain):
        e.previous = previous or e.previous
        previous = e.seal = seal(KEY, e)
    head = chain.get_one(AuditHead, 1)
    head.seal, head.proof = previous, head_proof(KEY, 5, previous)
    chain.execute(delete(AuditValue))
    chain.commit()
    assert found(chain) == []


# Many at once


def test_many_writers_keep_one_chain(real):
    """Also the first ones, when there is no head yet; and nobody waits for somebody who waits."""
    database = real.extensions["database"]

    def publish(number: int) -> None:
        with real.app_context(), database.session(writes=True) as session:
            probe.a_version(session, f"v{number}")
            if number % 2:
                session.flush()
            session.commit()

    at_once(publish, 48)
    with real.app_context(), database.session(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 48
        assert found(session) == []


def test_verifying_while_others_write_is_no_false_alarm(real):
    database = real.extensions["database"]

    def work(number: int) -> list[str]:
        with real.app_context():
            if number % 4:
                with database.session(writes=True) as session:
                    probe.a_version(session, f"v{number}")
                    session.commit()
                return []
            with database.snapshot() as session:
                return list(verify(session, KEY))

    assert [s for said in at_once(work, 40) for s in said] == []


def test_the_command_says_whether_all_is_well(real):
    run = real.test_cli_runner().invoke
    well = run(args=["audit", "verify"])
    assert (well.exit_code, "every row is as it was written" in well.output) == (0, True)
    database = real.extensions["database"]
    with real.app_context(), database.session(writes=True) as session:
        probe.a_person(session)
        session.connection().execute(text("UPDATE person SET name = 'Eve'"))
        session.commit()
    ill = run(args=["audit", "verify"])
    assert ill.exit_code == 1
    assert "name was changed behind the portal's back" in ill.output
    assert "1 thing is not as it was written." in ill.output


def test_a_head_that_was_written_down_is_found_again(real):
    """An old copy that was put back is whole in itself: the written head tells."""
    run = real.test_cli_runner().invoke
    database = real.extensions["database"]
    with real.app_context(), database.session(writes=True) as session:
        probe.a_person(session)
        session.commit()
    number, last = run(args=["audit", "head"]).output.split()
    assert run(args=["audit", "verify", "--head", number, last]).exit_code == 0
    later = run(args=["audit", "verify", "--head", str(int(number) + 1), last])
    assert (later.exit_code, "an old copy was put back" in later.output) == (1, True)
    other = run(args=["audit", "verify", "--head", number, "0" * 64])
    assert (other.exit_code, "is not the one that was written down" in other.output) == (1, True)
    assert run(args=["audit", "verify", "--head", "first", last]).exit_code == 2


@pytest.mark.once
@pytest.mark.parametrize("length", [1, 32, 64, 65, 200])
def test_the_quick_digest_is_the_usual_one(length):
    key = b"k" * length
    values = {"a": 'Zoë "x"', "b": None, "c": True, "d": 7, "e": [1, {"z": "é"}], "f": 0.5}
    told = field_digests(key, "pledge:1", values)
    for field, value in values.items():
        said = json.dumps(["pledge:1", field, value], sort_keys=True, ensure_ascii=False)
        assert told[field] == hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def test_many_rows_of_one_table_are_chained_like_one_by_one(session):
    """Also that a table which others listen to is refused."""
    told = dict.fromkeys(("pages", "width", "height", "checked_at"))
    told |= {"destroyed_at": None, "removed_at": None, "created_at": clock.now()}
    told |= {"size": 1, "kind": "pdf", "state": "clean", "reason": "", "previews": 0}
    rows = [{"sha256": f"{n:064}"} | told for n in range(3)]
    ids = add_many(session, StoredFile, rows, "stored", by="system:tests", at=clock.now())
    session.commit()
    assert [session.get_one(StoredFile, n).sha256 for n in ids] == [r["sha256"] for r in rows]
    assert [e.subject for e in entries(session)] == [f"stored_file:{n}" for n in ids]
    assert found(session) == []
    remove_many(session, StoredFile, ids[:2], "gone", by="system:tests", at=clock.now())
    session.commit()
    session.expunge_all()
    assert [session.get(StoredFile, n) is None for n in ids] == [True, True, False]
    assert found(session) == []
    with pytest.raises(ValueError, match="is public"):
        add_many(session, CharterVersion, [{}], "add", by="system:tests", at=clock.now())
