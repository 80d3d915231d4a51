"""drafts of the charter, what young people said to them, a commitment's own colour

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

import web.database
from charter.public.nearly import pieces

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('draft', 'approved')")


def moment(name: str) -> sa.Column[object]:
    return sa.Column(name, web.database.UTCDateTime(timezone=True), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("commitment") as table:
        table.add_column(sa.Column("colour", sa.Integer(), nullable=True))
    op.execute("UPDATE commitment SET colour = number")
    with op.batch_alter_table("commitment") as table:
        table.alter_column("colour", existing_type=sa.Integer(), nullable=False)
        table.create_check_constraint("has_colour", "colour >= 1")
    op.create_table(
        "charter_draft",
        number("id"),
        word("reference"),
        word("state"),
        word("code"),
        word("title"),
        word("summary"),
        word("language"),
        number("based_on_id"),
        number("version_id", nullable=True),
        moment("began_at"),
        number("began_by_id"),
        number("edit"),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'published', 'discarded')",
            name=op.f("ck_charter_draft_known_state"),
        ),
        sa.CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)",
            name=op.f("ck_charter_draft_published_as_a_version"),
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"],
            ["charter_version.id"],
            name=op.f("fk_charter_draft_based_on_id_charter_version"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["charter_version.id"],
            name=op.f("fk_charter_draft_version_id_charter_version"),
        ),
        sa.ForeignKeyConstraint(
            ["began_by_id"], ["person.id"], name=op.f("fk_charter_draft_began_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_draft")),
        sa.UniqueConstraint("reference", name=op.f("uq_charter_draft_reference")),
    )
    op.create_index(
        "uq_charter_draft_one_open",
        "charter_draft",
        ["language"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    _commitments()
    _approvals()
    _events()
    _pieces()


def _commitments() -> None:
    op.create_table(
        "draft_commitment",
        number("id"),
        number("draft_id"),
        number("number"),
        word("key"),
        number("colour"),
        word("title"),
        word("explanation"),
        sa.Column("know", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        word("easy_title"),
        sa.Column("easy", sa.JSON(), nullable=False),
        word("asks"),
        sa.Column("examples", sa.JSON(), nullable=False),
        word("weak_action"),
        word("weak_why"),
        moment("changed_at"),
        number("changed_by_id"),
        number("edit"),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["charter_draft.id"],
            name=op.f("fk_draft_commitment_draft_id_charter_draft"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_draft_commitment_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_commitment")),
        sa.UniqueConstraint("draft_id", "key", name=op.f("uq_draft_commitment_draft_id_key")),
    )


def _approvals() -> None:
    op.create_table(
        "youth_approval",
        number("id"),
        number("draft_id"),
        word("group_name"),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        number("took_part"),
        number("for_it"),
        word("how"),
        word("note"),
        word("fingerprint"),
        moment("recorded_at"),
        number("recorded_by_id"),
        sa.CheckConstraint("took_part >= 1", name=op.f("ck_youth_approval_somebody_took_part")),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["charter_draft.id"],
            name=op.f("fk_youth_approval_draft_id_charter_draft"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_youth_approval_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_youth_approval")),
    )
    op.create_index(op.f("ix_youth_approval_draft_id"), "youth_approval", ["draft_id"])


def _events() -> None:
    op.create_table(
        "charter_draft_event",
        number("id"),
        number("draft_id"),
        word("verb"),
        word("before"),
        word("after"),
        moment("at"),
        number("by_id"),
        word("note"),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["charter_draft.id"],
            name=op.f("fk_charter_draft_event_draft_id_charter_draft"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_charter_draft_event_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_draft_event")),
    )
    op.create_index(op.f("ix_charter_draft_event_draft_id"), "charter_draft_event", ["draft_id"])


def _pieces() -> None:
    """Of what stands, filled in Python: a name is folded and cut as charter.public.nearly does."""
    op.create_table(
        "register_entry_piece",
        word("piece"),
        number("organisation_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["register_entry.organisation_id"],
            name=op.f("fk_register_entry_piece_organisation_id_register_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("piece", "organisation_id", name=op.f("pk_register_entry_piece")),
    )
    op.create_index(
        op.f("ix_register_entry_piece_organisation_id"),
        "register_entry_piece",
        ["organisation_id"],
    )
    connection = op.get_bind()
    standing = connection.execute(sa.text("SELECT organisation_id, name FROM register_entry"))
    rows = [{"o": o, "p": p} for o, name in standing.all() for p in sorted(pieces(name))]
    if rows:
        connection.execute(
            sa.text("INSERT INTO register_entry_piece (piece, organisation_id) VALUES (:p, :o)"),
            rows,
        )


def downgrade() -> None:
    op.drop_table("register_entry_piece")
    for table in ("charter_draft_event", "youth_approval", "draft_commitment", "charter_draft"):
        op.drop_table(table)
    with op.batch_alter_table("commitment") as batch:
        batch.drop_constraint("has_colour", type_="check")
        batch.drop_column("colour")
