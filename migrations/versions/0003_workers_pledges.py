"""what youth workers pledge

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worker_tally",
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("pledged", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("area", name=op.f("pk_worker_tally")),
    )
    op.create_table(
        "worker_pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("charter_version_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'live' OR confirmed_at IS NOT NULL",
            name=op.f("ck_worker_pledge_confirmed_when"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR NOT shown", name=op.f("ck_worker_pledge_withdrawn_is_hidden")
        ),
        sa.CheckConstraint(
            "state IN ('unconfirmed', 'live', 'withdrawn')",
            name=op.f("ck_worker_pledge_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["charter_version_id"],
            ["charter_version.id"],
            name=op.f("fk_worker_pledge_charter_version_id_charter_version"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_worker_pledge_commitment_id_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_worker_pledge_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_pledge")),
        sa.UniqueConstraint("reference", name=op.f("uq_worker_pledge_reference")),
    )
    with op.batch_alter_table("worker_pledge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_pledge_charter_version_id"), ["charter_version_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_worker_pledge_email"), ["email"], unique=False)
        batch_op.create_index("ix_worker_pledge_forgetting", ["state", "asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_worker_pledge_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_worker_pledge_tally", ["area", "state", "shown"], unique=False)
        batch_op.create_index(
            "uq_worker_pledge_standing",
            ["email"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "listed_worker",
        sa.Column("pledge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("pledged_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["worker_pledge.id"],
            name=op.f("fk_listed_worker_pledge_id_worker_pledge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_listed_worker")),
    )
    with op.batch_alter_table("listed_worker", schema=None) as batch_op:
        batch_op.create_index(
            "ix_listed_worker_by_area", ["area", "sort_key", "pledge_id"], unique=False
        )
        batch_op.create_index("ix_listed_worker_by_name", ["sort_key", "pledge_id"], unique=False)

    op.create_table(
        "worker_pledge_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_worker_pledge_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["worker_pledge.id"],
            name=op.f("fk_worker_pledge_event_pledge_id_worker_pledge"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_pledge_event")),
    )
    with op.batch_alter_table("worker_pledge_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_pledge_event_pledge_id"), ["pledge_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("worker_pledge_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_pledge_event_pledge_id"))

    op.drop_table("worker_pledge_event")
    with op.batch_alter_table("listed_worker", schema=None) as batch_op:
        batch_op.drop_index("ix_listed_worker_by_name")
        batch_op.drop_index("ix_listed_worker_by_area")

    op.drop_table("listed_worker")
    with op.batch_alter_table("worker_pledge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_worker_pledge_standing",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index("ix_worker_pledge_tally")
        batch_op.drop_index(batch_op.f("ix_worker_pledge_person_id"))
        batch_op.drop_index("ix_worker_pledge_forgetting")
        batch_op.drop_index(batch_op.f("ix_worker_pledge_email"))
        batch_op.drop_index(batch_op.f("ix_worker_pledge_charter_version_id"))

    op.drop_table("worker_pledge")
    op.drop_table("worker_tally")
