"""training sessions: offered, booked, attended

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _training_session()
    _training_booking()
    _training_session_event()
    _training_booking_event()


def _training_session() -> None:
    op.create_table(
        "training_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("modules", sa.JSON(), nullable=False),
        sa.Column("starts_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("access_notes", sa.String(), nullable=False),
        sa.Column("open_to_all", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column("cleared_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('offered', 'called off', 'done')",
            name=op.f("ck_training_session_known_state"),
        ),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_training_session_has_places")),
        sa.CheckConstraint(
            "ends_at > starts_at", name=op.f("ck_training_session_ends_after_it_begins")
        ),
        sa.CheckConstraint(
            "organisation_id IS NOT NULL OR open_to_all",
            name=op.f("ck_training_session_programme_is_for_all"),
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["person.id"], name=op.f("fk_training_session_offered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_session_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
        sa.UniqueConstraint("code", name=op.f("uq_training_session_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_training_session_reference")),
    )
    with op.batch_alter_table("training_session", schema=None) as batch_op:
        batch_op.create_index("ix_training_session_coming", ["state", "starts_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_training_session_offered_by_id"), ["offered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_session_organisation_id"), ["organisation_id"], unique=False
        )


def _training_booking() -> None:
    op.create_table(
        "training_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'booked', 'present', 'absent', 'recorded', 'cancelled')",
            name=op.f("ck_training_booking_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_training_booking_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_training_booking_practitioner_id_practitioner"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_training_booking_session_id_training_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_booking")),
        sa.UniqueConstraint("reference", name=op.f("uq_training_booking_reference")),
    )
    with op.batch_alter_table("training_booking", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_booking_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_booking_practitioner_id"), ["practitioner_id"], unique=False
        )
        batch_op.create_index(
            "ix_training_booking_queue", ["session_id", "state", "asked_at"], unique=False
        )
        batch_op.create_index(
            "uq_training_booking_standing",
            ["session_id", "practitioner_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )


def _training_session_event() -> None:
    op.create_table(
        "training_session_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_training_session_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_training_session_event_session_id_training_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session_event")),
    )
    with op.batch_alter_table("training_session_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_session_event_by_id"), ["by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_session_event_session_id"), ["session_id"], unique=False
        )


def _training_booking_event() -> None:
    op.create_table(
        "training_booking_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["training_booking.id"],
            name=op.f("fk_training_booking_event_booking_id_training_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_training_booking_event_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_booking_event")),
    )
    with op.batch_alter_table("training_booking_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_booking_event_booking_id"), ["booking_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_booking_event_by_id"), ["by_id"], unique=False
        )

    # ### end Alembic commands ###


def downgrade() -> None:
    for name in (
        "training_booking_event",
        "training_session_event",
        "training_booking",
        "training_session",
    ):
        op.drop_table(name)
