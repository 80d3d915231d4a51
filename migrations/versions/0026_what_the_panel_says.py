"""what the panel says of each standard, and what shows that a condition is met

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("does_not_apply", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rating IS NULL OR rating BETWEEN 0 AND 9", name=op.f("ck_decision_standard_on_a_scale")
        ),
        sa.CheckConstraint(
            "NOT (does_not_apply AND rating IS NOT NULL)",
            name=op.f("ck_decision_standard_applies_or_not"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_standard_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_standard")),
        sa.UniqueConstraint(
            "decision_id", "standard", name=op.f("uq_decision_standard_decision_id_standard")
        ),
    )
    with op.batch_alter_table("award_condition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_award_condition_evidence_id_evidence_item"),
            "evidence_item",
            ["evidence_id"],
            ["id"],
        )
        batch_op.create_index("ix_award_condition_clock", ["state", "by_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("award_condition", schema=None) as batch_op:
        batch_op.drop_index("ix_award_condition_clock")
        batch_op.drop_constraint(
            batch_op.f("fk_award_condition_evidence_id_evidence_item"), type_="foreignkey"
        )
        batch_op.drop_column("evidence_id")
    op.drop_table("decision_standard")
