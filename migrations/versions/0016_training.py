"""training: pathways, practitioners, their roles and records

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _pathway_version()
    _practitioner()
    _shown_module()
    _training_record()
    _practitioner_role()
    _training_record_event()


def _pathway_version() -> None:
    op.create_table(
        "pathway_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("published_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(agreed_by IS NULL) = (agreed_on IS NULL)",
            name=op.f("ck_pathway_version_agreed_by_and_when"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_version")),
        sa.UniqueConstraint("code", name=op.f("uq_pathway_version_code")),
    )


def _practitioner() -> None:
    op.create_table(
        "practitioner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("began_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) = (name <> '')", name=op.f("ck_practitioner_named_until_claimed")
        ),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR entered_by_id IS NOT NULL",
            name=op.f("ck_practitioner_somebody_entered_it"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_practitioner_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practitioner_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner")),
        sa.UniqueConstraint("person_id", name=op.f("uq_practitioner_person_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_practitioner_reference")),
    )
    with op.batch_alter_table("practitioner", schema=None) as batch_op:
        batch_op.create_index("ix_practitioner_email", ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_practitioner_entered_by_id"), ["entered_by_id"], unique=False
        )


def _shown_module() -> None:
    op.create_table(
        "shown_module",
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("chosen_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_shown_module_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_shown_module_practitioner_id_practitioner"),
        ),
        sa.PrimaryKeyConstraint(
            "practitioner_id", "organisation_id", "module", name=op.f("pk_shown_module")
        ),
    )
    with op.batch_alter_table("shown_module", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shown_module_organisation_id"), ["organisation_id"], unique=False
        )


def _training_record() -> None:
    op.create_table(
        "training_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("is_update", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("entered_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_for_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(file_id IS NULL) = (file_name = '')", name=op.f("ck_training_record_file_has_a_name")
        ),
        sa.CheckConstraint(
            "how <> 'prior learning' OR NOT is_update",
            name=op.f("ck_training_record_no_update_is_prior_learning"),
        ),
        sa.CheckConstraint(
            "how IN ('course', 'online', 'at work', 'prior learning')",
            name=op.f("ck_training_record_known_way"),
        ),
        sa.CheckConstraint(
            "state <> 'recognised' OR reason <> ''",
            name=op.f("ck_training_record_recognised_with_a_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('awaiting check', 'checked', 'returned', 'asked', 'recognised', 'refused', 'withdrawn')",
            name=op.f("ck_training_record_known_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('asked', 'recognised', 'refused') OR how = 'prior learning'",
            name=op.f("ck_training_record_only_prior_learning_is_asked_for"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('checked', 'recognised') OR (checked_at IS NOT NULL AND checked_by_id IS NOT NULL)",
            name=op.f("ck_training_record_checked_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_training_record_checked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["checked_for_id"],
            ["organisation.id"],
            name=op.f("fk_training_record_checked_for_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_training_record_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_training_record_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_training_record_practitioner_id_practitioner"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("file_id", name=op.f("uq_training_record_file_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_training_record_reference")),
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_record_checked_by_id"), ["checked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_record_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_training_record_owner", ["practitioner_id", "module", "completed_on"], unique=False
        )
        batch_op.create_index("ix_training_record_waiting", ["state", "entered_at"], unique=False)


def _practitioner_role() -> None:
    op.create_table(
        "practitioner_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("began_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", web.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("checks_on", sa.Date(), nullable=True),
        sa.Column("checks_review_on", sa.Date(), nullable=True),
        sa.Column("checks_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("role <> ''", name=op.f("ck_practitioner_role_names_a_role")),
        sa.CheckConstraint(
            "(checks_on IS NULL) = (checks_by_id IS NULL)",
            name=op.f("ck_practitioner_role_checks_said_by_somebody"),
        ),
        sa.CheckConstraint(
            "checks_review_on IS NULL OR checks_on IS NOT NULL",
            name=op.f("ck_practitioner_role_review_after_checks"),
        ),
        sa.ForeignKeyConstraint(
            ["checks_by_id"], ["person.id"], name=op.f("fk_practitioner_role_checks_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name=op.f("fk_practitioner_role_chosen_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_practitioner_role_membership_id_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_practitioner_role_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_practitioner_role_practitioner_id_practitioner"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner_role")),
        sa.UniqueConstraint("reference", name=op.f("uq_practitioner_role_reference")),
    )
    with op.batch_alter_table("practitioner_role", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practitioner_role_checks_by_id"), ["checks_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_practitioner_role_chosen_by_id"), ["chosen_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_practitioner_role_membership_id"), ["membership_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_practitioner_role_practitioner_id"), ["practitioner_id"], unique=False
        )
        batch_op.create_index(
            "ix_practitioner_role_team", ["organisation_id", "ended_at"], unique=False
        )
        batch_op.create_index(
            "uq_practitioner_role_standing",
            ["practitioner_id", "organisation_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def _training_record_event() -> None:
    op.create_table(
        "training_record_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_training_record_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["training_record.id"],
            name=op.f("fk_training_record_event_record_id_training_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record_event")),
    )
    with op.batch_alter_table("training_record_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_record_event_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_training_record_event_record_id"), ["record_id"], unique=False
        )


def downgrade() -> None:
    for name in (
        "training_record_event",
        "practitioner_role",
        "training_record",
        "shown_module",
        "practitioner",
        "pathway_version",
    ):
        op.drop_table(name)
