"""a person's addresses, and clubs' shared ones

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

from web.database import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("second_email", sa.String(), nullable=True))
        table.add_column(
            sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        table.create_unique_constraint(op.f("uq_person_second_email"), ["second_email"])
    _taken_addresses()
    _address_changes()
    _mailbox_requests()


def _taken_addresses() -> None:
    op.create_table(
        "taken_address",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_taken_address_person_id_person")
        ),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_taken_address")),
    )
    op.create_index(op.f("ix_taken_address_person_id"), "taken_address", ["person_id"])
    op.execute("INSERT INTO taken_address (email, person_id) SELECT email, id FROM person")


def _moments(*names: str) -> list[sa.Column]:
    return [sa.Column(name, UTCDateTime(timezone=True), nullable=True) for name in names]


def _address_changes() -> None:
    op.create_table(
        "address_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("old_email", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UTCDateTime(timezone=True), nullable=False),
        *_moments("old_said_yes_at", "new_said_yes_at", "ended_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'stopped', 'expired', 'taken back')",
            name=op.f("ck_address_change_known_state"),
        ),
        sa.CheckConstraint("sort IN ('add', 'main')", name=op.f("ck_address_change_known_sort")),
        sa.CheckConstraint(
            "state <> 'done' OR (new_said_yes_at IS NOT NULL"
            " AND (sort = 'add' OR old_said_yes_at IS NOT NULL))",
            name=op.f("ck_address_change_done_when_both_said_yes"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_address_change_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
        sa.UniqueConstraint("reference", name=op.f("uq_address_change_reference")),
    )
    _index("address_change", "person_id", "email")
    op.create_index("ix_address_change_clock", "address_change", ["state", "expires_at"])
    _one_waiting("address_change")


def _mailbox_requests() -> None:
    people = ("person_id", "checked_by_id", "ended_by_id")
    op.create_table(
        "mailbox_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("name", "organisation", "old_email", "new_email", "reach", "state")
        ),
        sa.Column("asked_at", UTCDateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in people),
        sa.Column("checked_by_colleague", sa.Boolean(), nullable=False),
        sa.Column("how_checked", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_moments("checked_at", "due_at", "expires_at", "new_said_yes_at", "ended_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'waiting', 'stopped', 'done', 'refused', 'expired')",
            name=op.f("ck_mailbox_request_known_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('waiting', 'done', 'expired') OR (person_id IS NOT NULL"
            " AND checked_at IS NOT NULL AND due_at IS NOT NULL AND how_checked <> '')",
            name=op.f("ck_mailbox_request_checked_before_it_waits"),
        ),
        sa.CheckConstraint(
            "state <> 'done' OR (new_said_yes_at IS NOT NULL AND ended_at >= due_at)",
            name=op.f("ck_mailbox_request_done_after_the_notice"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["person.id"], name=op.f(f"fk_mailbox_request_{name}_person")
            )
            for name in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_mailbox_request_reference")),
    )
    _index("mailbox_request", "old_email", "new_email")
    op.create_index("ix_mailbox_request_queue", "mailbox_request", ["state", "asked_at"])
    _one_waiting("mailbox_request")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _one_waiting(table: str) -> None:
    op.create_index(
        f"uq_{table}_one_waiting",
        table,
        ["person_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_table("mailbox_request")
    op.drop_table("address_change")
    op.drop_table("taken_address")
    with op.batch_alter_table("person") as table:
        table.drop_constraint(op.f("uq_person_second_email"), type_="unique")
        table.drop_column("shared")
        table.drop_column("second_email")
