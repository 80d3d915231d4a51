"""the steering group and its cases

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

import web.database

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

moment = web.database.UTCDateTime(timezone=True)
ROLES = (
    "'officer', 'data protection', 'safeguarding', 'assessor', 'young assessor', "
    "'lead assessor', 'steering group', 'chair'"
)


def upgrade() -> None:
    allow("appointment", "known_role", f"role IN ({ROLES})")
    allow("submission", "known_state", "state IN ('sent', 'withdrawn', 'decided')")
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("constituency", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.CheckConstraint(
            "constituency IN ('agency', 'voluntary', 'youth')", name=op.f("ck_seat_known_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("reference", name=op.f("uq_seat_reference")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_constituency"), ["constituency"], unique=False)

    op.create_table(
        "assessor_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("most_open", sa.Integer(), nullable=True),
        sa.Column("appointed_at", moment, nullable=False),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("current_until", sa.Date(), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT (leads AND kind = 'young')", name=op.f("ck_assessor_term_adults_lead")
        ),
        sa.CheckConstraint("kind IN ('adult', 'young')", name=op.f("ck_assessor_term_known_kind")),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"], ["person.id"], name=op.f("fk_assessor_term_appointed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assessor_term_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessor_term")),
        sa.UniqueConstraint("reference", name=op.f("uq_assessor_term_reference")),
    )
    with op.batch_alter_table("assessor_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessor_term_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_assessor_term_standing",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "chairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.CheckConstraint(
            "part IN ('chair', 'deputy chair')", name=op.f("ck_chairing_known_part")
        ),
        sa.CheckConstraint("ends_on > began_on", name=op.f("ck_chairing_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"], ["person.id"], name=op.f("fk_chairing_appointed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_chairing_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chairing")),
        sa.UniqueConstraint("reference", name=op.f("uq_chairing_reference")),
    )
    with op.batch_alter_table("chairing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chairing_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_chairing_standing",
            ["part"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "panel_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'called off')", name=op.f("ck_panel_meeting_known_state")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_panel_meeting_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_meeting")),
        sa.UniqueConstraint("reference", name=op.f("uq_panel_meeting_reference")),
    )
    op.create_table(
        "seat_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('member', 'deputy')", name=op.f("ck_seat_term_known_part")),
        sa.CheckConstraint("ends_on > began_on", name=op.f("ck_seat_term_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"], ["person.id"], name=op.f("fk_seat_term_appointed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_seat_term_person_id_person")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_seat_term_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_term")),
        sa.UniqueConstraint("reference", name=op.f("uq_seat_term_reference")),
    )
    with op.batch_alter_table("seat_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_term_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_term_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(
            "uq_seat_term_one_each",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_seat_term_standing",
            ["seat_id", "part"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "panel_presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("constituency", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["panel_meeting.id"],
            name=op.f("fk_panel_presence_meeting_id_panel_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_panel_presence_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_presence")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_panel_presence_meeting_id_person_id")
        ),
    )
    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("over_on", sa.Date(), nullable=True),
        sa.Column("noted_at", moment, nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", moment, nullable=True),
        sa.CheckConstraint(
            "kind IN ('member', 'employee', 'trustee', 'relative', 'complainant', 'grant manager', 'stands aside', 'funder')",
            name=op.f("ck_tie_known_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["person.id"], name=op.f("fk_tie_noted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_tie_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tie_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
        sa.UniqueConstraint("reference", name=op.f("uq_tie_reference")),
    )
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tie_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tie_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_tie_standing",
            ["person_id", "organisation_id", "kind"],
            unique=True,
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )

    op.create_table(
        "review_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'allocated', 'desk', 'question', 'visit', 'report', 'fact check', 'moderation', 'panel', 'staged', 'endorsed', 'conditions', 'lapsed', 'not yet', 'appeal', 'second appeal', 'withdrawn')",
            name=op.f("ck_review_case_known_state"),
        ),
        sa.CheckConstraint(
            "stopped_on IS NULL OR due_on IS NOT NULL", name=op.f("ck_review_case_stops_a_clock")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_review_case_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_review_case_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_review_case_reference")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_review_case_submission_id")),
    )
    with op.batch_alter_table("review_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_case_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_review_case_queue", ["state", "due_on"], unique=False)

    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('adult', 'young')", name=op.f("ck_allocation_known_part")),
        sa.CheckConstraint(
            "state IN ('proposed', 'asked', 'accepted', 'sent', 'declined', 'replaced', 'recused')",
            name=op.f("ck_allocation_known_state"),
        ),
        sa.CheckConstraint(
            "(sent_at IS NULL) = (seal IS NULL)", name=op.f("ck_allocation_sent_is_sealed")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_allocation_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_allocation_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_allocation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("reference", name=op.f("uq_allocation_reference")),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index("ix_allocation_person", ["person_id", "state"], unique=False)
        batch_op.create_index(
            "uq_allocation_standing",
            ["case_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'asked', 'accepted', 'sent')"),
            postgresql_where=sa.text("state IN ('proposed', 'asked', 'accepted', 'sent')"),
        )

    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("constituency", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("asked_about_ties_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "capacity IN ('member', 'deputy', 'reserve', 'guest')",
            name=op.f("ck_ballot_known_capacity"),
        ),
        sa.CheckConstraint(
            "constituency IN ('agency', 'voluntary', 'youth')", name=op.f("ck_ballot_known_group")
        ),
        sa.CheckConstraint(
            "standing IN ('open', 'aside', 'recused')", name=op.f("ck_ballot_known_standing")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_ballot_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ballot_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint(
            "case_id", "stage", "person_id", name=op.f("uq_ballot_case_id_stage_person_id")
        ),
        sa.UniqueConstraint("id", "case_id", "stage", "constituency", name="uq_ballot_whole"),
        sa.UniqueConstraint("reference", name=op.f("uq_ballot_reference")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index("ix_ballot_person", ["person_id", "standing"], unique=False)

    op.create_table(
        "case_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answerer_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('upheld', 'turned down')",
            name=op.f("ck_case_appeal_known_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_case_appeal_answered_when")
        ),
        sa.CheckConstraint("stage IN (1, 2)", name=op.f("ck_case_appeal_known_stage")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_case_appeal_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["answerer_id"], ["person.id"], name=op.f("fk_case_appeal_answerer_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_case_appeal_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_case_appeal_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_appeal")),
        sa.UniqueConstraint("case_id", "stage", name=op.f("uq_case_appeal_case_id_stage")),
    )
    op.create_table(
        "panel_meeting_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_panel_meeting_item_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["panel_meeting.id"],
            name=op.f("fk_panel_meeting_item_meeting_id_panel_meeting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_meeting_item")),
        sa.UniqueConstraint(
            "meeting_id", "case_id", name=op.f("uq_panel_meeting_item_meeting_id_case_id")
        ),
    )
    with op.batch_alter_table("panel_meeting_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_panel_meeting_item_case_id"), ["case_id"], unique=False
        )

    op.create_table(
        "review_case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_review_case_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_review_case_event_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case_event")),
    )
    with op.batch_alter_table("review_case_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_case_event_case_id"), ["case_id"], unique=False)

    op.create_table(
        "review_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("closed_why", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_why IS NULL OR closed_why IN ('answered', 'silence', 'taken back')",
            name=op.f("ck_review_question_known_end"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_why IS NULL)",
            name=op.f("ck_review_question_closed_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_review_question_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_review_question_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_review_question_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_question")),
        sa.UniqueConstraint("reference", name=op.f("uq_review_question_reference")),
    )
    with op.batch_alter_table("review_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_question_case_id"), ["case_id"], unique=False)

    op.create_table(
        "review_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("with_conditions", sa.Boolean(), nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.Column("facts_answered_at", moment, nullable=True),
        sa.Column("moderated_at", moment, nullable=True),
        sa.Column("moderated_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_review_report_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["moderated_by_id"], ["person.id"], name=op.f("fk_review_report_moderated_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_review_report_sent_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_report")),
        sa.UniqueConstraint("case_id", name=op.f("uq_review_report_case_id")),
    )
    op.create_table(
        "review_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("heard_young_people", sa.Boolean(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('call', 'drop-in', 'visit')", name=op.f("ck_review_visit_known_kind")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_review_visit_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_review_visit_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_visit")),
        sa.UniqueConstraint("reference", name=op.f("uq_review_visit_reference")),
    )
    with op.batch_alter_table("review_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_visit_case_id"), ["case_id"], unique=False)

    op.create_table(
        "safeguarding_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", moment, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("seen_at", moment, nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)",
            name=op.f("ck_safeguarding_flag_closed_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_safeguarding_flag_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_safeguarding_flag_closed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["person.id"], name=op.f("fk_safeguarding_flag_raised_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["person.id"], name=op.f("fk_safeguarding_flag_seen_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_flag")),
        sa.UniqueConstraint("reference", name=op.f("uq_safeguarding_flag_reference")),
    )
    with op.batch_alter_table("safeguarding_flag", schema=None) as batch_op:
        batch_op.create_index("ix_safeguarding_flag_open", ["case_id", "closed_at"], unique=False)

    op.create_table(
        "fact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", moment, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_fact_point_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["person.id"], name=op.f("fk_fact_point_raised_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["review_report.id"], name=op.f("fk_fact_point_report_id_review_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_point")),
    )
    with op.batch_alter_table("fact_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_point_report_id"), ["report_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("does_not_apply", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("looked_at_why", sa.String(), nullable=True),
        sa.Column("moderated_rating", sa.Integer(), nullable=True),
        sa.Column("moderated_reason", sa.String(), nullable=False),
        sa.Column("moderated_at", moment, nullable=True),
        sa.Column("moderated_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "looked_at_why IS NULL OR looked_at_why IN ('difference', 'sample', 'asked')",
            name=op.f("ck_finding_known_reason"),
        ),
        sa.CheckConstraint(
            "moderated_rating IS NULL OR moderated_rating BETWEEN 0 AND 9",
            name=op.f("ck_finding_moderated_on_a_scale"),
        ),
        sa.CheckConstraint(
            "rating IS NULL OR rating BETWEEN 0 AND 9", name=op.f("ck_finding_on_a_scale")
        ),
        sa.ForeignKeyConstraint(
            ["moderated_by_id"], ["person.id"], name=op.f("fk_finding_moderated_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["review_report.id"], name=op.f("fk_finding_report_id_review_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("report_id", "standard", name=op.f("uq_finding_report_id_standard")),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("allocation_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("does_not_apply", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("private_note", sa.String(), nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT (does_not_apply AND rating IS NOT NULL)", name=op.f("ck_reading_applies_or_not")
        ),
        sa.CheckConstraint(
            "rating IS NULL OR rating BETWEEN 0 AND 9", name=op.f("ck_reading_on_a_scale")
        ),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocation.id"], name=op.f("fk_reading_allocation_id_allocation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint(
            "allocation_id", "standard", name=op.f("uq_reading_allocation_id_standard")
        ),
    )
    op.create_table(
        "visit_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("thanked_at", moment, nullable=True),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_sheet_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["review_visit.id"], name=op.f("fk_visit_sheet_visit_id_review_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_sheet")),
        sa.UniqueConstraint(
            "visit_id", "person_id", name=op.f("uq_visit_sheet_visit_id_person_id")
        ),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("constituency", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("with_conditions", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cast_at", moment, nullable=False),
        sa.Column("replaced_at", moment, nullable=True),
        sa.CheckConstraint(
            "(choice = 'abstain') = (standing = 'abstains') OR standing = 'tied'",
            name=op.f("ck_vote_abstaining_never_counts"),
        ),
        sa.CheckConstraint(
            "(choice = 'for') = (level IS NOT NULL)", name=op.f("ck_vote_for_a_level")
        ),
        sa.CheckConstraint(
            "choice IN ('for', 'not yet', 'abstain')", name=op.f("ck_vote_known_choice")
        ),
        sa.CheckConstraint(
            "standing IN ('counts', 'abstains', 'tied')", name=op.f("ck_vote_known_standing")
        ),
        sa.CheckConstraint(
            "with_conditions IS NULL OR choice = 'for'", name=op.f("ck_vote_conditions_of_a_level")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id", "case_id", "stage", "constituency"],
            ["ballot.id", "ballot.case_id", "ballot.stage", "ballot.constituency"],
            name="fk_vote_ballot",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint(
            "id", "case_id", "stage", "constituency", "standing", name="uq_vote_whole"
        ),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index("ix_vote_case", ["case_id", "stage"], unique=False)
        batch_op.create_index(
            "uq_vote_standing",
            ["ballot_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("casting", sa.Boolean(), nullable=False),
        sa.Column("youth_differ", sa.Boolean(), nullable=False),
        sa.Column("for_youth", sa.String(), nullable=False),
        sa.Column("for_youth_at", moment, nullable=True),
        sa.Column("staged_at", moment, nullable=False),
        sa.Column("staged_by_id", sa.Integer(), nullable=False),
        sa.Column("released_at", moment, nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", moment, nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_why", sa.String(), nullable=False),
        sa.Column("agency_vote_id", sa.Integer(), nullable=False),
        sa.Column("voluntary_vote_id", sa.Integer(), nullable=False),
        sa.Column("youth_vote_id", sa.Integer(), nullable=False),
        sa.Column("agency_group", sa.String(), nullable=False),
        sa.Column("voluntary_group", sa.String(), nullable=False),
        sa.Column("youth_group", sa.String(), nullable=False),
        sa.Column("voted", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'not yet') = (level IS NULL)", name=op.f("ck_decision_level_or_not_yet")
        ),
        sa.CheckConstraint(
            "agency_group = 'agency'", name=op.f("ck_decision_agency_vote_is_theirs")
        ),
        sa.CheckConstraint(
            "outcome IN ('endorsed', 'conditions', 'not yet')",
            name=op.f("ck_decision_known_outcome"),
        ),
        sa.CheckConstraint(
            "voluntary_group = 'voluntary'", name=op.f("ck_decision_voluntary_vote_is_theirs")
        ),
        sa.CheckConstraint("voted = 'counts'", name=op.f("ck_decision_votes_count")),
        sa.CheckConstraint("youth_group = 'youth'", name=op.f("ck_decision_youth_vote_is_theirs")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)",
            name=op.f("ck_decision_undone_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_vote_id", "case_id", "stage", "agency_group", "voted"],
            ["vote.id", "vote.case_id", "vote.stage", "vote.constituency", "vote.standing"],
            name="fk_decision_agency_vote",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_decision_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["panel_meeting.id"], name=op.f("fk_decision_meeting_id_panel_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["person.id"], name=op.f("fk_decision_released_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["staged_by_id"], ["person.id"], name=op.f("fk_decision_staged_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_decision_undone_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["voluntary_vote_id", "case_id", "stage", "voluntary_group", "voted"],
            ["vote.id", "vote.case_id", "vote.stage", "vote.constituency", "vote.standing"],
            name="fk_decision_voluntary_vote",
        ),
        sa.ForeignKeyConstraint(
            ["youth_vote_id", "case_id", "stage", "youth_group", "voted"],
            ["vote.id", "vote.case_id", "vote.stage", "vote.constituency", "vote.standing"],
            name="fk_decision_youth_vote",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("reference", name=op.f("uq_decision_reference")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_decision_standing",
            ["case_id", "stage"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("framework_version_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("checked_how", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("next_check_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('live', 'paused', 'ended', 'replaced')", name=op.f("ck_award_known_state")
        ),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_award_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_award_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_award_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_award_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_award_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("reference", name=op.f("uq_award_reference")),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index("ix_award_clock", ["state", "until_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_award_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_award_standing",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('live', 'paused')"),
            postgresql_where=sa.text("state IN ('live', 'paused')"),
        )

    op.create_table(
        "award_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("shown_at", moment, nullable=True),
        sa.Column("shown_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'shown', 'met', 'lapsed', 'dropped')",
            name=op.f("ck_award_condition_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_award_condition_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_award_condition_closed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_award_condition_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_award_condition_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["shown_by_id"], ["person.id"], name=op.f("fk_award_condition_shown_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_condition")),
        sa.UniqueConstraint("reference", name=op.f("uq_award_condition_reference")),
    )
    with op.batch_alter_table("award_condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_condition_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_award_condition_decision_id"), ["decision_id"], unique=False
        )

    op.create_table(
        "award_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name=op.f("fk_award_event_award_id_award")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_award_event_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_event")),
    )
    with op.batch_alter_table("award_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_event_award_id"), ["award_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("award_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_event_award_id"))

    op.drop_table("award_event")
    with op.batch_alter_table("award_condition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_condition_decision_id"))
        batch_op.drop_index(batch_op.f("ix_award_condition_case_id"))

    op.drop_table("award_condition")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_award_standing",
            sqlite_where=sa.text("state IN ('live', 'paused')"),
            postgresql_where=sa.text("state IN ('live', 'paused')"),
        )
        batch_op.drop_index(batch_op.f("ix_award_organisation_id"))
        batch_op.drop_index("ix_award_clock")

    op.drop_table("award")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decision_standing",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_decision_case_id"))

    op.drop_table("decision")
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_vote_standing",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index("ix_vote_case")

    op.drop_table("vote")
    op.drop_table("visit_sheet")
    op.drop_table("reading")
    op.drop_table("finding")
    with op.batch_alter_table("fact_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_point_report_id"))

    op.drop_table("fact_point")
    with op.batch_alter_table("safeguarding_flag", schema=None) as batch_op:
        batch_op.drop_index("ix_safeguarding_flag_open")

    op.drop_table("safeguarding_flag")
    with op.batch_alter_table("review_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_visit_case_id"))

    op.drop_table("review_visit")
    op.drop_table("review_report")
    with op.batch_alter_table("review_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_question_case_id"))

    op.drop_table("review_question")
    with op.batch_alter_table("review_case_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_case_event_case_id"))

    op.drop_table("review_case_event")
    with op.batch_alter_table("panel_meeting_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_meeting_item_case_id"))

    op.drop_table("panel_meeting_item")
    op.drop_table("case_appeal")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index("ix_ballot_person")

    op.drop_table("ballot")
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_allocation_standing",
            sqlite_where=sa.text("state IN ('proposed', 'asked', 'accepted', 'sent')"),
            postgresql_where=sa.text("state IN ('proposed', 'asked', 'accepted', 'sent')"),
        )
        batch_op.drop_index("ix_allocation_person")

    op.drop_table("allocation")
    with op.batch_alter_table("review_case", schema=None) as batch_op:
        batch_op.drop_index("ix_review_case_queue")
        batch_op.drop_index(batch_op.f("ix_review_case_organisation_id"))

    op.drop_table("review_case")
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tie_standing",
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_tie_person_id"))
        batch_op.drop_index(batch_op.f("ix_tie_organisation_id"))

    op.drop_table("tie")
    op.drop_table("panel_presence")
    with op.batch_alter_table("seat_term", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seat_term_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_seat_term_one_each",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_seat_term_seat_id"))
        batch_op.drop_index(batch_op.f("ix_seat_term_person_id"))

    op.drop_table("seat_term")
    op.drop_table("panel_meeting")
    with op.batch_alter_table("chairing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_chairing_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_chairing_person_id"))

    op.drop_table("chairing")
    with op.batch_alter_table("assessor_term", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_assessor_term_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assessor_term_person_id"))

    op.drop_table("assessor_term")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_constituency"))

    op.drop_table("seat")
    appointments = sa.table("appointment", sa.column("role"))
    submissions = sa.table("submission", sa.column("state"))
    op.execute(
        sa.delete(appointments).where(appointments.c.role.not_in(("officer", "data protection")))
    )
    op.execute(
        submissions.update().where(submissions.c.state == "decided").values(state="withdrawn")
    )
    allow("appointment", "known_role", "role IN ('officer', 'data protection')")
    allow("submission", "known_state", "state IN ('sent', 'withdrawn')")


def allow(table: str, name: str, rule: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, rule)
