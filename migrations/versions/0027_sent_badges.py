"""open badges sent with training records

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_badge",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issuer_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("looked_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('ours, and it stands', 'ours, and it does not stand', 'the signature fits', 'the key is elsewhere', 'signed in a way we cannot check', 'the signature does not fit')",
            name=op.f("ck_sent_badge_known_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["training_record.id"],
            name=op.f("fk_sent_badge_record_id_training_record"),
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_sent_badge")),
    )


def downgrade() -> None:
    op.drop_table("sent_badge")
