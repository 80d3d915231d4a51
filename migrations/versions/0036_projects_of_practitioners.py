"""in which projects somebody works

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLE = "practitioner_project"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f(f"fk_{TABLE}_practitioner_id_practitioner"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f(f"fk_{TABLE}_project_id_project")
        ),
        sa.PrimaryKeyConstraint("practitioner_id", "project_id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_project_id"), TABLE, ["project_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
