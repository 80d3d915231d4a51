"""files

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KINDS = (
    "'pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'jpeg', 'png', 'gif', 'webp', 'text',"
    " 'mp3', 'wav', 'ogg', 'mp4', 'webm'"
)


def upgrade() -> None:
    moment = web.database.UTCDateTime(timezone=True)
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("previews", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("checked_at", moment, nullable=True),
        sa.Column("destroyed_at", moment, nullable=True),
        sa.Column("removed_at", moment, nullable=True),
        sa.CheckConstraint(
            "state IN ('being checked', 'clean', 'refused')",
            name=op.f("ck_stored_file_known_state"),
        ),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_stored_file_known_kind")),
        sa.CheckConstraint(
            "(state = 'refused') = (reason <> '')", name=op.f("ck_stored_file_refused_says_why")
        ),
        sa.CheckConstraint(
            "removed_at IS NULL OR destroyed_at IS NOT NULL",
            name=op.f("ck_stored_file_destroyed_before_removed"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file") as table:
        table.create_index(op.f("ix_stored_file_sha256"), ["sha256"], unique=False)
        table.create_index("ix_stored_file_waiting", ["state", "created_at"], unique=False)
        table.create_index("ix_stored_file_destroyed", ["removed_at", "destroyed_at"], unique=False)


def downgrade() -> None:
    op.drop_table("stored_file")
