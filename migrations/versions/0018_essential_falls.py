"""essentials that fell below what was sent

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "essential_fall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("fell_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mended_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "mended_at IS NULL OR mended_at >= fell_at",
            name=op.f("ck_essential_fall_mended_after_it_fell"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_essential_fall_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essential_fall")),
    )
    with op.batch_alter_table("essential_fall", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_essential_fall_submission_id"), ["submission_id"], unique=False
        )
        batch_op.create_index(
            "uq_essential_fall_open",
            ["submission_id", "standard"],
            unique=True,
            sqlite_where=sa.text("mended_at IS NULL"),
            postgresql_where=sa.text("mended_at IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("essential_fall")
