"""evidence

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("shows", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("youth_may_see", sa.Boolean(), nullable=False),
        sa.Column("added_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("put_away_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_evidence_item_has_title")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_evidence_item_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_evidence_item_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
        sa.UniqueConstraint("reference", name=op.f("uq_evidence_item_reference")),
    )
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_evidence_item_library", ["organisation_id", "put_away_at", "id"], unique=False
        )
        batch_op.create_index("ix_evidence_item_review", ["review_on"], unique=False)

    op.create_table(
        "evidence_link",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["evidence_item.id"], name=op.f("fk_evidence_link_item_id_evidence_item")
        ),
        sa.PrimaryKeyConstraint("item_id", "standard", name=op.f("pk_evidence_link")),
    )
    with op.batch_alter_table("evidence_link", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_link_standard", ["standard"], unique=False)

    op.create_table(
        "evidence_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("added_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("removed_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_why", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(address <> '') = (kind = 'link' AND removed_at IS NULL)",
            name=op.f("ck_evidence_version_address"),
        ),
        sa.CheckConstraint(
            "(file_id IS NULL) = (kind <> 'file')", name=op.f("ck_evidence_version_file")
        ),
        sa.CheckConstraint(
            "(file_name <> '') = (kind = 'file' AND removed_at IS NULL)",
            name=op.f("ck_evidence_version_file_name"),
        ),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_why = '')",
            name=op.f("ck_evidence_version_removed_says_why"),
        ),
        sa.CheckConstraint(
            "(text <> '') = (kind = 'statement' AND removed_at IS NULL)",
            name=op.f("ck_evidence_version_words"),
        ),
        sa.CheckConstraint(
            "kind IN ('statement', 'file', 'link', 'visit')",
            name=op.f("ck_evidence_version_known_kind"),
        ),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by_id IS NULL)",
            name=op.f("ck_evidence_version_removed_by_somebody"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_evidence_version_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_evidence_version_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_evidence_version_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["evidence_item.id"],
            name=op.f("fk_evidence_version_item_id_evidence_item"),
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["person.id"], name=op.f("fk_evidence_version_removed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_version")),
        sa.UniqueConstraint("file_id", name=op.f("uq_evidence_version_file_id")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_evidence_version_item_id_number")),
    )
    with op.batch_alter_table("evidence_version", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_version_digest", ["digest"], unique=False)
        batch_op.create_index(
            "uq_evidence_version_current",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )


def downgrade() -> None:
    for name in ("evidence_version", "evidence_link", "evidence_item"):
        op.drop_table(name)
