"""how young assessors were kept safe, when facts were sent, and what findings were before

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

moment = web.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("review_visit") as table:
        table.add_column(
            sa.Column("young_kept_safe", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("fact_point") as table:
        table.add_column(sa.Column("sent_at", moment, nullable=True))
    op.create_table(
        "finding_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_finding_change_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_finding_change_finding_id_finding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_change")),
    )
    with op.batch_alter_table("finding_change") as table:
        table.create_index(op.f("ix_finding_change_finding_id"), ["finding_id"], unique=False)


def downgrade() -> None:
    op.drop_table("finding_change")
    with op.batch_alter_table("fact_point") as table:
        table.drop_column("sent_at")
    with op.batch_alter_table("review_visit") as table:
        table.drop_column("young_kept_safe")
