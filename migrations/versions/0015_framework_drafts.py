"""drafts of the framework, and what the steering group said to them

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('draft', 'approved')")


def moment(name: str) -> sa.Column[object]:
    return sa.Column(name, web.database.UTCDateTime(timezone=True), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "framework_draft",
        number("id"),
        word("reference"),
        word("state"),
        word("code"),
        sa.Column("text", sa.JSON(), nullable=False),
        number("based_on_id"),
        number("version_id", nullable=True),
        moment("began_at"),
        number("began_by_id"),
        moment("changed_at"),
        number("changed_by_id"),
        number("one"),
        number("edit"),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'published', 'discarded')",
            name=op.f("ck_framework_draft_known_state"),
        ),
        sa.CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)",
            name=op.f("ck_framework_draft_published_as_a_version"),
        ),
        points_to("framework_draft", "based_on_id", "framework_version"),
        points_to("framework_draft", "version_id", "framework_version"),
        points_to("framework_draft", "began_by_id", "person"),
        points_to("framework_draft", "changed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_draft")),
        sa.UniqueConstraint("reference", name=op.f("uq_framework_draft_reference")),
    )
    op.create_index(
        "uq_framework_draft_one_open",
        "framework_draft",
        ["one"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    _approvals_and_events()


def _approvals_and_events() -> None:
    op.create_table(
        "framework_approval",
        number("id"),
        number("draft_id"),
        word("group_name"),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        word("agency"),
        word("voluntary"),
        word("youth"),
        word("note"),
        word("fingerprint"),
        moment("recorded_at"),
        number("recorded_by_id"),
        sa.CheckConstraint("agency <> ''", name=op.f("ck_framework_approval_an_agency_was_there")),
        sa.CheckConstraint(
            "voluntary <> ''", name=op.f("ck_framework_approval_the_voluntary_sector_was_there")
        ),
        sa.CheckConstraint(
            "youth <> ''", name=op.f("ck_framework_approval_young_people_were_there")
        ),
        points_to("framework_approval", "draft_id", "framework_draft"),
        points_to("framework_approval", "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_approval")),
    )
    op.create_index(op.f("ix_framework_approval_draft_id"), "framework_approval", ["draft_id"])
    op.create_table(
        "framework_draft_event",
        number("id"),
        number("draft_id"),
        word("verb"),
        word("before"),
        word("after"),
        moment("at"),
        number("by_id"),
        word("note"),
        points_to("framework_draft_event", "draft_id", "framework_draft"),
        points_to("framework_draft_event", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_draft_event")),
    )
    op.create_index(
        op.f("ix_framework_draft_event_draft_id"), "framework_draft_event", ["draft_id"]
    )


def downgrade() -> None:
    op.drop_table("framework_draft_event")
    op.drop_table("framework_approval")
    op.drop_table("framework_draft")
