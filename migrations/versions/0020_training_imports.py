"""training imports: a spreadsheet and its rows

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _training_import()
    _training_import_row()


def _training_import() -> None:
    op.create_table(
        "training_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("newcomers_role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("judged_to", sa.Integer(), nullable=False),
        sa.Column("done_to", sa.Integer(), nullable=False),
        sa.Column("begun_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('read', 'under way', 'done', 'being undone', 'undone', 'thrown away')",
            name=op.f("ck_training_import_known_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('under way', 'done', 'being undone', 'undone') OR (confirmed_at IS NOT NULL AND confirmed_by_id IS NOT NULL)",
            name=op.f("ck_training_import_confirmed_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["person.id"], name=op.f("fk_training_import_begun_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["person.id"],
            name=op.f("fk_training_import_confirmed_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_import_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_import")),
        sa.UniqueConstraint("reference", name=op.f("uq_training_import_reference")),
    )
    with op.batch_alter_table("training_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_import_begun_by_id"), ["begun_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_import_confirmed_by_id"), ["confirmed_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_training_import_of", ["organisation_id", "begun_at"], unique=False
        )
        batch_op.create_index("ix_training_import_waiting", ["state", "cleared_at"], unique=False)


def _training_import_row() -> None:
    op.create_table(
        "training_import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("newcomer", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.CheckConstraint(
            "fate IN ('', 'add', 'there', 'cannot', 'added', 'taken back', 'stays')",
            name=op.f("ck_training_import_row_known_fate"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["training_import.id"],
            name=op.f("fk_training_import_row_import_id_training_import"),
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_training_import_row")),
    )
    with op.batch_alter_table("training_import_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_training_import_row_fate", ["import_id", "fate", "number"], unique=False
        )
        batch_op.create_index("ix_training_import_row_mark", ["import_id", "mark"], unique=False)
        batch_op.create_index(
            "ix_training_import_row_newcomer", ["import_id", "newcomer"], unique=False
        )


def downgrade() -> None:
    op.drop_table("training_import_row")
    op.drop_table("training_import")
