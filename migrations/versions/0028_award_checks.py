"""award checks

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "award_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("still_true", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("sent_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name=op.f("fk_award_check_award_id_award")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_award_check_sent_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_check")),
    )
    with op.batch_alter_table("award_check", schema=None) as batch:
        batch.create_index(batch.f("ix_award_check_award_id"), ["award_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("award_check", schema=None) as batch:
        batch.drop_index(batch.f("ix_award_check_award_id"))
    op.drop_table("award_check")
