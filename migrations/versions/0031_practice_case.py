"""the practice case

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

moment = web.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "practice_sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "part IN ('adult', 'young')", name=op.f("ck_practice_sitting_known_part")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_sitting_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_sitting")),
        sa.UniqueConstraint("person_id", "code", name=op.f("uq_practice_sitting_person_id_code")),
    )
    op.create_table(
        "practice_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 0 AND 9", name=op.f("ck_practice_reading_on_a_scale")),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["practice_sitting.id"],
            name=op.f("fk_practice_reading_sitting_id_practice_sitting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_reading")),
        sa.UniqueConstraint(
            "sitting_id", "standard", name=op.f("uq_practice_reading_sitting_id_standard")
        ),
    )


def downgrade() -> None:
    op.drop_table("practice_reading")
    op.drop_table("practice_sitting")
