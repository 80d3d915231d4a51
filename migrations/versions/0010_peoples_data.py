"""complaints, erasure and retention

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit_entry") as table:
        table.create_index(op.f("ix_audit_entry_actor"), ["actor"], unique=False)
    with op.batch_alter_table("person") as table:
        for name in ("download_offered_at", "erased_at"):
            table.add_column(
                sa.Column(name, web.database.UTCDateTime(timezone=True), nullable=True)
            )
        table.create_check_constraint(
            "erased_is_out", "erased_at IS NULL OR (NOT active AND password IS NULL)"
        )

    _make_requests()


def _make_requests() -> None:
    moment = web.database.UTCDateTime(timezone=True)
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", moment, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('see', 'correct', 'erase', 'object', 'complain')",
            name=op.f("ck_data_request_known_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('received', 'acknowledged', 'answered', 'refused', 'withdrawn')",
            name=op.f("ck_data_request_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_data_request_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_data_request_reference")),
    )
    with op.batch_alter_table("data_request") as table:
        table.create_index(op.f("ix_data_request_email"), ["email"], unique=False)
        table.create_index(op.f("ix_data_request_person_id"), ["person_id"], unique=False)
        table.create_index("ix_data_request_queue", ["state", "received_at"], unique=False)
    op.create_table(
        "data_request_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_data_request_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["data_request.id"],
            name=op.f("fk_data_request_event_request_id_data_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request_event")),
    )
    with op.batch_alter_table("data_request_event") as table:
        table.create_index(op.f("ix_data_request_event_request_id"), ["request_id"], unique=False)
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )


def downgrade() -> None:
    for name in ("retention_run", "data_request_event", "data_request"):
        op.drop_table(name)
    with op.batch_alter_table("person") as table:
        table.drop_constraint("erased_is_out", type_="check")
        table.drop_column("erased_at")
        table.drop_column("download_offered_at")
    with op.batch_alter_table("audit_entry") as table:
        table.drop_index(op.f("ix_audit_entry_actor"))
