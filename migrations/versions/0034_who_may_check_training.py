"""who may check training: buddy organisations, and whom a lead lets

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

moment = web.database.UTCDateTime(timezone=True)
TABLE = "training_buddy"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("buddy_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", moment, nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'ended')", name=op.f(f"ck_{TABLE}_known_state")
        ),
        sa.CheckConstraint(
            "organisation_id <> buddy_id", name=op.f(f"ck_{TABLE}_two_organisations")
        ),
        sa.CheckConstraint(
            "(agreed_at IS NULL) = (agreed_by_id IS NULL)",
            name=op.f(f"ck_{TABLE}_agreed_by_somebody"),
        ),
        sa.CheckConstraint(
            "state <> 'agreed' OR agreed_at IS NOT NULL", name=op.f(f"ck_{TABLE}_agreed_when")
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_at IS NOT NULL)", name=op.f(f"ck_{TABLE}_ended_when")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}_{other}")
            )
            for column, other in (
                ("organisation_id", "organisation"),
                ("buddy_id", "organisation"),
                ("asked_by_id", "person"),
                ("agreed_by_id", "person"),
                ("ended_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("reference", name=op.f(f"uq_{TABLE}_reference")),
    )
    op.create_index(
        f"uq_{TABLE}_standing",
        TABLE,
        ["organisation_id", "buddy_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    for column in ("buddy_id", "asked_by_id", "agreed_by_id", "ended_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    with op.batch_alter_table("practitioner_role") as batch:
        batch.add_column(sa.Column("may_check_since", moment, nullable=True))
        batch.add_column(sa.Column("let_check_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_practitioner_role_let_check_by_id_person"),
            "person", ["let_check_by_id"], ["id"],
        )  # fmt: skip
        batch.create_check_constraint(
            op.f("ck_practitioner_role_let_check_by_somebody"),
            "(may_check_since IS NULL) = (let_check_by_id IS NULL)",
        )
        batch.create_index(op.f("ix_practitioner_role_let_check_by_id"), ["let_check_by_id"])


def downgrade() -> None:
    with op.batch_alter_table("practitioner_role") as batch:
        batch.drop_index(op.f("ix_practitioner_role_let_check_by_id"))
        batch.drop_constraint(op.f("ck_practitioner_role_let_check_by_somebody"), type_="check")
        batch.drop_constraint(
            op.f("fk_practitioner_role_let_check_by_id_person"), type_="foreignkey"
        )
        batch.drop_column("let_check_by_id")
        batch.drop_column("may_check_since")
    op.drop_table(TABLE)
