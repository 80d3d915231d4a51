"""an index for a case's allocations

Revision: 0033, after 0032

The one there is holds only those that stand, which no database uses for a question about all.
"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_allocation_case_id"), "allocation", ["case_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_allocation_case_id"), table_name="allocation")
