"""private links to training passports

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passport_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("for_whom", sa.String(), nullable=False),
        sa.Column("shows", sa.JSON(), nullable=False),
        sa.Column("made_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "made_at < ends_at", name=op.f("ck_passport_link_ends_after_it_was_made")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= made_at",
            name=op.f("ck_passport_link_withdrawn_later"),
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_passport_link_practitioner_id_practitioner"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passport_link")),
        sa.UniqueConstraint("reference", name=op.f("uq_passport_link_reference")),
    )
    with op.batch_alter_table("passport_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_passport_link_practitioner_id"), ["practitioner_id"], unique=False
        )

    op.create_table(
        "passport_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["passport_link.id"], name=op.f("fk_passport_visit_link_id_passport_link")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passport_visit")),
    )
    with op.batch_alter_table("passport_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passport_visit_link_id"), ["link_id"], unique=False)


def downgrade() -> None:
    op.drop_table("passport_visit")
    op.drop_table("passport_link")
