"""the number that a check of training draws: a sample is looked at again

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("training_record") as batch:
        batch.add_column(sa.Column("draw", sa.Integer(), nullable=True))
        batch.create_index("ix_training_record_sample", ["state", "draw"])


def downgrade() -> None:
    with op.batch_alter_table("training_record") as batch:
        batch.drop_index("ix_training_record_sample")
        batch.drop_column("draw")
