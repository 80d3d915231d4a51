"""joining, renaming and merging organisations

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lead_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("afterwards", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "afterwards IN ('editor', 'viewer', 'leave')",
            name=op.f("ck_lead_handover_known_afterwards"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'accepted', 'declined', 'withdrawn', 'run out', 'set aside')",
            name=op.f("ck_lead_handover_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_lead_handover_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["person.id"], name=op.f("fk_lead_handover_from_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_lead_handover_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["person.id"], name=op.f("fk_lead_handover_to_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_handover")),
    )
    with op.batch_alter_table("lead_handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_handover_from_id"), ["from_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_lead_handover_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_lead_handover_to_id"), ["to_id"], unique=False)
        batch_op.create_index(
            "uq_lead_handover_waiting",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "membership_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wants", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'accepted', 'declined', 'withdrawn', 'run out', 'set aside')",
            name=op.f("ck_membership_request_known_state"),
        ),
        sa.CheckConstraint(
            "wants IN ('join', 'lead')", name=op.f("ck_membership_request_known_wish")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["person.id"],
            name=op.f("fk_membership_request_answered_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_request_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_request_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_membership_request_reference")),
    )
    with op.batch_alter_table("membership_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_request_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_membership_request_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index("ix_membership_request_queue", ["state", "asked_at"], unique=False)
        batch_op.create_index(
            "uq_membership_request_waiting",
            ["person_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "merger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("stays_id", sa.Integer(), nullable=False),
        sa.Column("goes_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        sa.Column("undo_until", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("undone_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("memos", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('done', 'undone')", name=op.f("ck_merger_known_state")),
        sa.CheckConstraint("stays_id <> goes_id", name=op.f("ck_merger_two_organisations")),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_merger_done_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["goes_id"], ["organisation.id"], name=op.f("fk_merger_goes_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["stays_id"], ["organisation.id"], name=op.f("fk_merger_stays_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_merger_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merger")),
        sa.UniqueConstraint("reference", name=op.f("uq_merger_reference")),
    )
    with op.batch_alter_table("merger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merger_goes_id"), ["goes_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merger_stays_id"), ["stays_id"], unique=False)
        batch_op.create_index(
            "uq_merger_gone",
            ["goes_id"],
            unique=True,
            sqlite_where=sa.text("state = 'done'"),
            postgresql_where=sa.text("state = 'done'"),
        )

    op.create_table(
        "organisation_address",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("since", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_address_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_organisation_address")),
    )
    with op.batch_alter_table("organisation_address", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_address_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "organisation_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_organisation_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_event_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_organisation_event_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_event")),
    )
    with op.batch_alter_table("organisation_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_event_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            "ix_organisation_event_of", ["organisation_id", "at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_event_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "organisation_rename",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("like", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('made', 'seen', 'waiting', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_organisation_rename_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["person.id"],
            name=op.f("fk_organisation_rename_answered_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_organisation_rename_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_rename_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_rename")),
        sa.UniqueConstraint("reference", name=op.f("uq_organisation_rename_reference")),
    )
    with op.batch_alter_table("organisation_rename", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_rename_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_rename_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_organisation_rename_queue", ["state", "asked_at"], unique=False)
        batch_op.create_index(
            "uq_organisation_rename_waiting",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("without_lead_since", web.database.UTCDateTime(timezone=True), nullable=True)
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_without_lead_since"), ["without_lead_since"], unique=False
        )

    _write_down_what_is_known()


def _write_down_what_is_known() -> None:
    """Today's addresses, and the days that stand in the tables."""
    op.execute(
        "INSERT INTO organisation_address (slug, organisation_id, since)"
        " SELECT slug, id, created_at FROM organisation"
    )
    for verb, columns, where in (
        ("registered", "id, created_at, created_by_id, created_by_id, 'lead'", "organisation"),
        ("checked", "id, checked_at, NULL, NULL, ''", "organisation WHERE checked_at IS NOT NULL"),
        ("closed", "id, closed_at, NULL, NULL, ''", "organisation WHERE closed_at IS NOT NULL"),
        (
            "joined",
            "m.organisation_id, m.began_at, m.person_id, m.person_id, m.role",
            "membership m JOIN organisation o ON o.id = m.organisation_id"
            " WHERE m.person_id <> o.created_by_id OR m.began_at <> o.created_at",
        ),
        (
            "left",
            "organisation_id, ended_at, person_id, NULL, ''",
            "membership WHERE ended_at IS NOT NULL",
        ),
    ):
        into = '(organisation_id, at, person_id, by_id, role, verb, "before", "after")'
        what = f"SELECT {columns}, '{verb}', '', '' FROM {where}"  # noqa: S608 - it stands here
        op.execute(f"INSERT INTO organisation_event {into} {what}")


def downgrade() -> None:
    # No batch: it would copy the table, which others refer to.
    op.drop_index(op.f("ix_organisation_without_lead_since"), "organisation")
    op.drop_column("organisation", "without_lead_since")

    with op.batch_alter_table("organisation_rename", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_organisation_rename_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_organisation_rename_queue")
        batch_op.drop_index(batch_op.f("ix_organisation_rename_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_rename_asked_by_id"))

    op.drop_table("organisation_rename")
    with op.batch_alter_table("organisation_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_event_person_id"))
        batch_op.drop_index("ix_organisation_event_of")
        batch_op.drop_index(batch_op.f("ix_organisation_event_by_id"))

    op.drop_table("organisation_event")
    with op.batch_alter_table("organisation_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_address_organisation_id"))

    op.drop_table("organisation_address")
    with op.batch_alter_table("merger", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_merger_gone",
            sqlite_where=sa.text("state = 'done'"),
            postgresql_where=sa.text("state = 'done'"),
        )
        batch_op.drop_index(batch_op.f("ix_merger_stays_id"))
        batch_op.drop_index(batch_op.f("ix_merger_goes_id"))

    op.drop_table("merger")
    with op.batch_alter_table("membership_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_request_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_membership_request_queue")
        batch_op.drop_index(batch_op.f("ix_membership_request_person_id"))
        batch_op.drop_index(batch_op.f("ix_membership_request_organisation_id"))

    op.drop_table("membership_request")
    with op.batch_alter_table("lead_handover", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lead_handover_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_lead_handover_to_id"))
        batch_op.drop_index(batch_op.f("ix_lead_handover_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_lead_handover_from_id"))

    op.drop_table("lead_handover")
