"""second factors, and the devices that are signed in

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=True),
        sa.Column("system", sa.String(), nullable=True),
        sa.Column("signed_in_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("must_prove", sa.Boolean(), nullable=False),
        sa.Column("proved_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("digest", name=op.f("uq_device_digest")),
        sa.UniqueConstraint("reference", name=op.f("uq_device_reference")),
    )
    op.create_index(op.f("ix_device_person_id"), "device", ["person_id"])
    op.create_index(op.f("ix_device_last_seen_at"), "device", ["last_seen_at"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("added_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_passkey_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_passkey_reference")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"])
    op.add_column("person", sa.Column("tf_last_counter", sa.BigInteger(), nullable=True))
    op.add_column(
        "person",
        sa.Column("tf_added_at", web.database.UTCDateTime(timezone=True), nullable=True),
    )


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("tf_added_at")
        table.drop_column("tf_last_counter")
    op.drop_table("passkey")
    op.drop_table("device")
