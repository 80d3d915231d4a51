"""conditions for essentials that fell after the award

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

FALL = "fk_award_condition_fall_id_essential_fall"


def upgrade() -> None:
    with op.batch_alter_table("award_condition", schema=None) as batch:
        batch.add_column(sa.Column("fall_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f(FALL), "essential_fall", ["fall_id"], ["id"])
        batch.create_index(batch.f("ix_award_condition_fall_id"), ["fall_id"], unique=False)
        batch.create_unique_constraint(
            batch.f("uq_award_condition_decision_id_fall_id"), ["decision_id", "fall_id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("award_condition", schema=None) as batch:
        batch.drop_constraint(batch.f("uq_award_condition_decision_id_fall_id"), type_="unique")
        batch.drop_index(batch.f("ix_award_condition_fall_id"))
        batch.drop_constraint(batch.f(FALL), type_="foreignkey")
        batch.drop_column("fall_id")
