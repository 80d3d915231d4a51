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


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_constraint("erased_is_out", type_="check")
        table.drop_column("erased_at")
        table.drop_column("download_offered_at")
    with op.batch_alter_table("audit_entry") as table:
        table.drop_index(op.f("ix_audit_entry_actor"))
