"""drafts of the training pathways, and what the steering group said to them

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0023"
down_revision = "0022"
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
        "pathway_draft",
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
            name=op.f("ck_pathway_draft_known_state"),
        ),
        sa.CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)",
            name=op.f("ck_pathway_draft_published_as_a_version"),
        ),
        points_to("pathway_draft", "based_on_id", "pathway_version"),
        points_to("pathway_draft", "version_id", "pathway_version"),
        points_to("pathway_draft", "began_by_id", "person"),
        points_to("pathway_draft", "changed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_draft")),
        sa.UniqueConstraint("reference", name=op.f("uq_pathway_draft_reference")),
    )
    op.create_index(
        "uq_pathway_draft_one_open",
        "pathway_draft",
        ["one"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    _approvals_and_events()


def _approvals_and_events() -> None:
    op.create_table(
        "pathway_approval",
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
        sa.CheckConstraint("agency <> ''", name=op.f("ck_pathway_approval_an_agency_was_there")),
        sa.CheckConstraint(
            "voluntary <> ''", name=op.f("ck_pathway_approval_the_voluntary_sector_was_there")
        ),
        sa.CheckConstraint("youth <> ''", name=op.f("ck_pathway_approval_young_people_were_there")),
        points_to("pathway_approval", "draft_id", "pathway_draft"),
        points_to("pathway_approval", "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_approval")),
    )
    op.create_index(op.f("ix_pathway_approval_draft_id"), "pathway_approval", ["draft_id"])
    op.create_table(
        "pathway_draft_event",
        number("id"),
        number("draft_id"),
        word("verb"),
        word("before"),
        word("after"),
        moment("at"),
        number("by_id"),
        word("note"),
        points_to("pathway_draft_event", "draft_id", "pathway_draft"),
        points_to("pathway_draft_event", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_draft_event")),
    )
    op.create_index(op.f("ix_pathway_draft_event_draft_id"), "pathway_draft_event", ["draft_id"])


def downgrade() -> None:
    op.drop_table("pathway_draft_event")
    op.drop_table("pathway_approval")
    op.drop_table("pathway_draft")
