"""interest, charter sessions and the weekly digest

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_reader",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("off_since", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_reader")),
    )
    op.create_table(
        "told_reminder",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("told_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_told_reminder")),
    )
    op.create_index(op.f("ix_told_reminder_told_at"), "told_reminder", ["told_at"])
    with op.batch_alter_table("outbox_mail") as table:
        table.add_column(
            sa.Column("forgotten_at", web.database.UTCDateTime(timezone=True), nullable=True)
        )
    _charter_sessions()


def _charter_sessions() -> None:
    open_ones = sa.text("state IN ('interested', 'offered', 'booked', 'missed')")
    moment = web.database.UTCDateTime(timezone=True)
    op.create_table(
        "charter_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("wants_session", sa.Boolean(), nullable=False),
        sa.Column("when_suits", sa.String(), nullable=False),
        sa.Column("where_suits", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("access_needs", sa.String(), nullable=False),
        sa.Column("offered_at", moment, nullable=True),
        sa.Column("starts_at", moment, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("trainers", sa.Integer(), nullable=True),
        sa.Column("adult", sa.String(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("thanks", sa.String(), nullable=False),
        sa.Column("cleared_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('interested', 'offered', 'booked', 'done', 'missed', 'cancelled')",
            name=op.f("ck_charter_session_known_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('offered', 'booked', 'done', 'missed') OR starts_at IS NOT NULL",
            name=op.f("ck_charter_session_dated_when"),
        ),
        sa.CheckConstraint(
            "state <> 'done' OR came IS NOT NULL",
            name=op.f("ck_charter_session_done_with_number"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_charter_session_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_charter_session_asked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_session")),
        sa.UniqueConstraint("reference", name=op.f("uq_charter_session_reference")),
    )
    for column in ("asked_by_id", "organisation_id"):
        op.create_index(op.f(f"ix_charter_session_{column}"), "charter_session", [column])
    op.create_index("ix_charter_session_queue", "charter_session", ["state", "asked_at"])
    op.create_index(
        "uq_charter_session_one_open",
        "charter_session",
        ["organisation_id"],
        unique=True,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
    op.create_table(
        "charter_session_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("charter_session_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["charter_session_id"],
            ["charter_session.id"],
            name=op.f("fk_charter_session_event_charter_session_id_charter_session"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_charter_session_event_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_session_event")),
    )
    for column in ("charter_session_id", "by_id"):
        op.create_index(
            op.f(f"ix_charter_session_event_{column}"), "charter_session_event", [column]
        )


def downgrade() -> None:
    op.drop_table("charter_session_event")
    op.drop_table("charter_session")
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_column("forgotten_at")
    op.drop_index(op.f("ix_told_reminder_told_at"), table_name="told_reminder")
    op.drop_table("told_reminder")
    op.drop_table("digest_reader")
