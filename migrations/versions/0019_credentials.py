"""credentials: keys that sign, and what was signed

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("public_pem", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'in use') = (ended_at IS NULL)",
            name=op.f("ck_signing_key_ended_when_not_in_use"),
        ),
        sa.CheckConstraint(
            "(state = 'in use') = (secret <> '')", name=op.f("ck_signing_key_secret_while_in_use")
        ),
        sa.CheckConstraint(
            "state IN ('in use', 'retired', 'stolen')", name=op.f("ck_signing_key_known_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_signing_key_reference")),
    )
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("achievement", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("list_index", sa.Integer(), nullable=False),
        sa.Column("valid_from", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("valid_until", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (reason = '')", name=op.f("ck_credential_revoked_with_a_reason")
        ),
        sa.CheckConstraint(
            "document IS NOT NULL OR revoked_at IS NOT NULL",
            name=op.f("ck_credential_forgotten_revoked"),
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["signing_key.id"], name=op.f("fk_credential_key_id_signing_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint(
            "list_number", "list_index", name=op.f("uq_credential_list_number_list_index")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_credential_reference")),
    )
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.create_index("ix_credential_holder", ["kind", "holder"], unique=False)
        batch_op.create_index(batch_op.f("ix_credential_key_id"), ["key_id"], unique=False)


def downgrade() -> None:
    op.drop_table("credential")
    op.drop_table("signing_key")
