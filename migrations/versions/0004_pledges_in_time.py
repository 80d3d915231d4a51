"""renewals, reviews and appeals

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = "'draft', 'sent', 'returned', 'live', 'due', 'lapsed', 'withdrawn', 'suspended'"


def upgrade() -> None:
    with op.batch_alter_table("job_run") as table:
        table.add_column(sa.Column("lease", sa.String(), nullable=True))
        table.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("pledge") as table:
        table.add_column(sa.Column("renews_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("signed_since", sa.Date(), nullable=True))
        table.add_column(sa.Column("kept_until", sa.Date(), nullable=True))
        table.add_column(
            sa.Column("words_gone_at", web.database.UTCDateTime(timezone=True), nullable=True)
        )
        table.create_foreign_key(
            op.f("fk_pledge_renews_id_pledge"), "pledge", ["renews_id"], ["id"]
        )
        table.create_check_constraint("renews_another", "renews_id <> id")
        table.drop_constraint("known_state", type_="check")
        table.create_check_constraint("known_state", f"state IN ({BEFORE}, 'renewed', 'ended')")
    op.execute("UPDATE pledge SET signed_since = live_from")
    with op.batch_alter_table("pledge") as table:
        table.create_index(table.f("ix_pledge_renews_id"), ["renews_id"])
        _one(
            table,
            "uq_pledge_one_standing",
            "organisation_id",
            "state IN ('live', 'due', 'suspended')",
        )
        _one(table, "uq_pledge_one_renewal", "renews_id", "state NOT IN ('withdrawn', 'ended')")
    _outcomes()
    _suspensions()


def _one(table, name: str, column: str, where: str) -> None:
    table.create_index(
        name,
        [column],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _outcomes() -> None:
    op.create_table(
        "pledge_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changed_at", web.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "how IN ('kept', 'partly', 'not yet')", name=op.f("ck_pledge_outcome_known_how")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_outcome_pledge_id_pledge")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["pledge_action.id"],
            name=op.f("fk_pledge_outcome_action_id_pledge_action"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_pledge_outcome_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_outcome")),
        sa.UniqueConstraint(
            "pledge_id", "action_id", name=op.f("uq_pledge_outcome_pledge_id_action_id")
        ),
    )
    with op.batch_alter_table("pledge_outcome") as table:
        table.create_index(table.f("ix_pledge_outcome_action_id"), ["action_id"])


def _suspensions() -> None:
    moment = web.database.UTCDateTime(timezone=True)
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("appeal_until", sa.Date(), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("appeal", sa.String(), nullable=False),
        sa.Column("appealed_at", moment, nullable=True),
        sa.Column("appealed_by_id", sa.Integer(), nullable=True),
        sa.Column("appeal_answer_by", sa.Date(), nullable=True),
        sa.Column("appeal_outcome", sa.String(), nullable=True),
        sa.Column("appeal_decided_at", moment, nullable=True),
        sa.Column("appeal_decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "appeal_outcome IS NULL OR appeal_outcome IN ('upheld', 'turned down')",
            name=op.f("ck_suspension_known_outcome"),
        ),
        sa.CheckConstraint(
            "(appealed_at IS NULL) = (appeal_answer_by IS NULL)",
            name=op.f("ck_suspension_appeal_has_its_day"),
        ),
        sa.CheckConstraint(
            "appeal_outcome IS NULL OR appealed_at IS NOT NULL",
            name=op.f("ck_suspension_decided_appeal_was_made"),
        ),
        sa.CheckConstraint(
            "appeal_decided_by_id IS NULL OR appeal_decided_by_id <> begun_by_id",
            name=op.f("ck_suspension_decided_by_another"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_suspension_{column}_person")
            )
            for column in ("begun_by_id", "appealed_by_id", "appeal_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledge.id"], name=op.f("fk_suspension_pledge_id_pledge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    with op.batch_alter_table("suspension") as table:
        table.create_index(table.f("ix_suspension_pledge_id"), ["pledge_id"])
        table.create_index("ix_suspension_appeals", ["appeal_outcome", "appealed_at"])
        _one(table, "uq_suspension_one", "pledge_id", "ended_at IS NULL")


def downgrade() -> None:
    op.drop_table("suspension")
    op.drop_table("pledge_outcome")
    op.execute("UPDATE pledge SET state = 'lapsed' WHERE state = 'renewed'")
    op.execute("UPDATE pledge SET state = 'withdrawn' WHERE state = 'ended'")
    with op.batch_alter_table("pledge") as table:
        table.drop_index("uq_pledge_one_renewal")
        table.drop_index("uq_pledge_one_standing")
        table.drop_index("ix_pledge_renews_id")
    with op.batch_alter_table("pledge") as table:
        table.drop_constraint("known_state", type_="check")
        table.create_check_constraint("known_state", f"state IN ({BEFORE})")
        table.drop_constraint("renews_another", type_="check")
        table.drop_constraint(op.f("fk_pledge_renews_id_pledge"), type_="foreignkey")
        table.drop_column("words_gone_at")
        table.drop_column("kept_until")
        table.drop_column("signed_since")
        table.drop_column("renews_id")
    with op.batch_alter_table("job_run") as table:
        table.drop_column("failures")
        table.drop_column("lease")
