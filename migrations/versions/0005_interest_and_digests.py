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


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_column("forgotten_at")
    op.drop_index(op.f("ix_told_reminder_told_at"), table_name="told_reminder")
    op.drop_table("told_reminder")
    op.drop_table("digest_reader")
