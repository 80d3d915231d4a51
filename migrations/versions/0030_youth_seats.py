"""young people's seats

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def _moment(name: str, *, null: bool = True) -> sa.Column:
    return sa.Column(name, web.database.UTCDateTime(timezone=True), nullable=null)


def upgrade() -> None:
    op.create_table(
        "youth_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("supporter_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        _moment("made_at", null=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("code_salt", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=True),
        _moment("code_expires_at"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        _moment("joined_at"),
        _moment("activated_at"),
        sa.Column("activated_by_id", sa.Integer(), nullable=True),
        _moment("help_asked_at"),
        _moment("reset_supporter_at"),
        _moment("reset_officer_at"),
        _moment("reset_at"),
        _moment("reset_seen_at"),
        _moment("ended_at"),
        sa.Column("ended_why", sa.String(), nullable=False),
        _moment("erased_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "part IN ('member', 'deputy', 'young assessor')",
            name=op.f("ck_youth_seat_known_part"),
        ),
        sa.CheckConstraint(
            "(part = 'young assessor') = (seat_id IS NULL)",
            name=op.f("ck_youth_seat_seat_of_members"),
        ),
        sa.CheckConstraint(
            "activated_at IS NULL OR joined_at IS NOT NULL",
            name=op.f("ck_youth_seat_joined_before_it_opens"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_youth_seat_{column}_{table}")
            )
            for column, table in (
                ("seat_id", "seat"),
                ("supporter_id", "person"),
                ("made_by_id", "person"),
                ("person_id", "person"),
                ("activated_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_youth_seat")),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_youth_seat_{column}"))
            for column in ("reference", "code_digest", "person_id", "name_key")
        ),
    )
    for column in ("seat_id", "supporter_id"):
        op.create_index(op.f(f"ix_youth_seat_{column}"), "youth_seat", [column])


def downgrade() -> None:
    op.drop_table("youth_seat")
