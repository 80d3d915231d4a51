"""a second role: the data-protection lead

Revision: 0002, after 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("appointment") as table:
        table.drop_constraint("known_role", type_="check")
        table.create_check_constraint("known_role", "role IN ('officer', 'data protection')")


def downgrade() -> None:
    op.execute("DELETE FROM appointment WHERE role <> 'officer'")
    with op.batch_alter_table("appointment") as table:
        table.drop_constraint("known_role", type_="check")
        table.create_check_constraint("known_role", "role IN ('officer')")
