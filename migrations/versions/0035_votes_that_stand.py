"""A decision that stands rests on votes that stand, of ballots that are open.

The keys see to it that each is a vote on that case, by that group, that counts.  A vote that was
taken out, for a tie or for another one, keeps its row, so only a trigger can tell it from one that
stands.  SQLite loses triggers when a later migration makes one of these tables anew: make them
again there.

Revision ID: 0035
Revises: 0034
"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

SHORT = """3 > (SELECT count(*) FROM vote JOIN ballot ON ballot.id = vote.ballot_id
    WHERE vote.id IN (NEW.agency_vote_id, NEW.voluntary_vote_id, NEW.youth_vote_id)
    AND vote.replaced_at IS NULL AND ballot.standing = 'open')"""
VOTE_IS_COUNTED = """EXISTS (SELECT 1 FROM decision AS made WHERE made.undone_at IS NULL
    AND NEW.id IN (made.agency_vote_id, made.voluntary_vote_id, made.youth_vote_id))"""
BALLOT_IS_COUNTED = """EXISTS (SELECT 1 FROM decision AS made
    JOIN vote ON vote.id IN (made.agency_vote_id, made.voluntary_vote_id, made.youth_vote_id)
    WHERE made.undone_at IS NULL AND vote.ballot_id = NEW.id)"""
KEYS = "agency_vote_id, voluntary_vote_id, youth_vote_id, undone_at"
TRIGGERS = (
    ("decision_made", "decision", "INSERT", "NEW.undone_at IS NULL", SHORT),
    ("decision_changed", "decision", f"UPDATE OF {KEYS}", "NEW.undone_at IS NULL", SHORT),
    ("vote_taken_out", "vote", "UPDATE OF replaced_at", "NEW.replaced_at IS NOT NULL",
     VOTE_IS_COUNTED),
    ("ballot_ended", "ballot", "UPDATE OF standing", "NEW.standing <> 'open'", BALLOT_IS_COUNTED),
)  # fmt: skip
WORDS = "a decision stands on a vote of each group that counts"


def upgrade() -> None:
    for name, table, what, when, wrong in TRIGGERS:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {what} ON {table} WHEN {when} AND {wrong} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} AND {wrong} THEN "
            f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'check_violation'; END IF; "
            "RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    for name, table, *_rest in TRIGGERS:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
