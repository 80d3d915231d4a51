"""learning platforms, and what they send

Revision: 0029, after 0028
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, web.database.UTCDateTime(timezone=True), nullable=nullable)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def holds(table: str, name: str, said: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    _platforms()
    _activities()
    _actors()
    _statements()


def _platforms() -> None:
    table = "learning_platform"
    op.create_table(
        table,
        number("id"),
        word("reference"),
        word("name"),
        word("token_digest"),
        moment("issued_at"),
        number("issued_by_id"),
        moment("revoked_at", nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        points_to(table, "issued_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_platform")),
        sa.UniqueConstraint("reference", name=op.f("uq_learning_platform_reference")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_learning_platform_token_digest")),
    )
    op.create_index(op.f("ix_learning_platform_issued_by_id"), table, ["issued_by_id"])


def _activities() -> None:
    table = "learning_activity"
    op.create_table(
        table,
        number("id"),
        word("reference"),
        number("platform_id"),
        word("address"),
        word("name"),
        word("module"),
        sa.Column("trusted", sa.Boolean(), server_default=sa.false(), nullable=False),
        moment("seen_at"),
        moment("mapped_at", nullable=True),
        number("mapped_by_id", nullable=True),
        holds(table, "mapped_by_somebody", "(mapped_at IS NULL) = (mapped_by_id IS NULL)"),
        holds(table, "module_is_mapped", "mapped_at IS NOT NULL OR module = ''"),
        holds(table, "only_a_module_is_trusted", "module <> '' OR NOT trusted"),
        points_to(table, "platform_id", "learning_platform"),
        points_to(table, "mapped_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_activity")),
        sa.UniqueConstraint("reference", name=op.f("uq_learning_activity_reference")),
        sa.UniqueConstraint(
            "platform_id", "address", name=op.f("uq_learning_activity_platform_id_address")
        ),
    )
    op.create_index(op.f("ix_learning_activity_mapped_by_id"), table, ["mapped_by_id"])


def _actors() -> None:
    table = "learning_actor"
    op.create_table(
        table,
        number("id"),
        word("reference"),
        number("platform_id"),
        word("kind"),
        word("value"),
        number("person_id", nullable=True),
        moment("seen_at"),
        moment("settled_at", nullable=True),
        number("settled_by_id", nullable=True),
        holds(table, "known_is_settled", "settled_at IS NOT NULL OR person_id IS NULL"),
        points_to(table, "platform_id", "learning_platform"),
        points_to(table, "person_id", "person"),
        points_to(table, "settled_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_actor")),
        sa.UniqueConstraint("reference", name=op.f("uq_learning_actor_reference")),
        sa.UniqueConstraint(
            "platform_id", "kind", "value", name=op.f("uq_learning_actor_platform_id_kind_value")
        ),
    )
    for column in ("person_id", "settled_by_id"):
        op.create_index(op.f(f"ix_learning_actor_{column}"), table, [column])


def _statements() -> None:
    table = "learning_statement"
    op.create_table(
        table,
        number("id"),
        number("platform_id"),
        word("statement"),
        word("digest"),
        word("state"),
        sa.Column("day", sa.Date(), nullable=False),
        moment("received_at"),
        number("activity_id", nullable=True),
        number("actor_id", nullable=True),
        holds(table, "known_state", "state IN ('waiting', 'kept', 'left')"),
        holds(
            table,
            "waits_for_something",
            "state <> 'waiting' OR (activity_id IS NOT NULL AND actor_id IS NOT NULL)",
        ),
        points_to(table, "platform_id", "learning_platform"),
        points_to(table, "activity_id", "learning_activity"),
        points_to(table, "actor_id", "learning_actor"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_statement")),
        sa.UniqueConstraint(
            "platform_id", "statement", name=op.f("uq_learning_statement_platform_id_statement")
        ),
    )
    for column in ("activity_id", "actor_id"):
        op.create_index(op.f(f"ix_learning_statement_{column}"), table, [column])
    op.create_index("ix_learning_statement_waiting", table, ["state", "received_at"])


def downgrade() -> None:
    for name in ("statement", "actor", "activity", "platform"):
        op.drop_table(f"learning_{name}")
