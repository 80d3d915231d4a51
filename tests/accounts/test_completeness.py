"""Every place that points to a person is shown to them, and none says their name afterwards."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions import colleagues, naming
from accounts.actions import people as actions
from accounts.models.people import DATA_PROTECTION, OFFICER
from charter import states
from charter.sessions import states as booked
from endorsement.sending.snapshot import Declared
from tests.accounts.test_erasing import everything, unsound
from tests.builders import (
    accounts,
    addresses,
    charter,
    drafts,
    frameworks,
    imports,
    people,
    sending,
    sessions,
    training,
    training_sessions,
    workers,
)
from web import clock
from web.audit import record
from web.audit.models import AuditEntry, AuditValue
from web.database import Base
from web.erasing import erase
from web.my_data import sections_of
from web.parking import ParkedForm

NAME, ADDRESS, SECOND = "Zebedee Quill", "zebedee@quill.example", "zq@quill.example"

SHOWN = {
    "address_change.person_id": "addresses",
    "answer.changed_by_id": "quality",
    "answer_change.by_id": "quality",
    "appointment.person_id": "appointments",
    "appointment.appointed_by_id": "appointments",
    "assessment.began_by_id": "quality",
    "charter_draft.began_by_id": "charter-drafts",
    "charter_draft_event.by_id": "charter-drafts",
    "charter_session.asked_by_id": "charter-sessions",
    "charter_session_event.by_id": "charter-sessions",
    "data_request.person_id": "data requests",
    "data_request_event.by_id": "data requests",
    "device.person_id": "devices",
    "draft_commitment.changed_by_id": "charter-drafts",
    "evidence_item.added_by_id": "quality",
    "evidence_version.added_by_id": "quality",
    "evidence_version.removed_by_id": "quality",
    "framework_approval.recorded_by_id": "framework-drafts",
    "framework_draft.began_by_id": "framework-drafts",
    "framework_draft.changed_by_id": "framework-drafts",
    "framework_draft_event.by_id": "framework-drafts",
    "help_offer.offered_by_id": "quality",
    "improvement_action.written_by_id": "quality",
    "invitation.invited_by_id": "invitations",
    "invitation.accepted_by_id": "invitations",
    "lead_handover.from_id": "asked",
    "lead_handover.to_id": "asked",
    "lead_handover.answered_by_id": "trail",
    "mailbox_request.person_id": "addresses",
    "mailbox_request.checked_by_id": "addresses",
    "mailbox_request.ended_by_id": "addresses",
    "membership.person_id": "memberships",
    "membership_request.person_id": "asked",
    "membership_request.answered_by_id": "trail",
    "merger.done_by_id": "trail",
    "merger.undone_by_id": "trail",
    "organisation.created_by_id": "organisations",
    "organisation.checked_by_id": "organisations",
    "organisation.closed_by_id": "organisations",
    "organisation_event.person_id": "organisation history",
    "organisation_event.by_id": "organisation history",
    "organisation_rename.asked_by_id": "asked",
    "organisation_rename.answered_by_id": "trail",
    "passkey.person_id": "second step",
    "pledge.began_by_id": "pledges",
    "pledge_action.changed_by_id": "pledges",
    "pledge_event.by_id": "pledges",
    "pledge_note.written_by_id": "pledges",
    "pledge_outcome.changed_by_id": "pledges",
    "practitioner.person_id": "training",
    "practitioner.entered_by_id": "training-others",
    "practitioner_role.chosen_by_id": "training",
    "practitioner_role.checks_by_id": "training-others",
    "practitioner_role.let_check_by_id": "training-others",
    "quality_point.by_id": "quality",
    "submission.sent_by_id": "submissions",
    "submission_event.by_id": "submissions",
    "suspension.begun_by_id": "trail",
    "suspension.appealed_by_id": "pledges",
    "suspension.appeal_decided_by_id": "trail",
    "taken_address.person_id": "account",
    "training_booking.asked_by_id": "training-sessions",
    "training_booking_event.by_id": "training-sessions",
    "training_buddy.agreed_by_id": "training-buddies",
    "training_buddy.asked_by_id": "training-buddies",
    "training_buddy.ended_by_id": "training-buddies",
    "training_import.begun_by_id": "training-imports",
    "training_import.confirmed_by_id": "training-imports",
    "training_record.checked_by_id": "training-others",
    "training_record.entered_by_id": "training",
    "training_record_event.by_id": "training",
    "training_session.offered_by_id": "training-sessions",
    "training_session_event.by_id": "training-sessions",
    "award_condition.proposed_by_id": "reports",
    "fact_point.answered_by_id": "reports",
    "fact_point.raised_by_id": "reports",
    "finding.moderated_by_id": "reports",
    "finding_change.by_id": "reports",
    "review_report.moderated_by_id": "reports",
    "practice_sitting.person_id": "reports",
    "review_report.sent_by_id": "reports",
    "review_visit.recorded_by_id": "reports",
    "visit_sheet.person_id": "visit-sheets",
    "worker_pledge.person_id": "worker-pledge",
    "worker_pledge_event.by_id": "trail",
    "youth_approval.recorded_by_id": "trail",
    "allocation.asked_by_id": "trail",
    "allocation.person_id": "parts in cases",
    "assessor_term.appointed_by_id": "trail",
    "assessor_term.person_id": "steering-terms",
    "award_check.sent_by_id": "award-checks",
    "award_condition.closed_by_id": "trail",
    "award_condition.shown_by_id": "trail",
    "award_event.by_id": "trail",
    "ballot.person_id": "panel",
    "case_appeal.answered_by_id": "trail",
    "case_appeal.answerer_id": "trail",
    "case_appeal.asked_by_id": "trail",
    "chairing.appointed_by_id": "trail",
    "chairing.person_id": "steering-terms",
    "decision.released_by_id": "trail",
    "decision.staged_by_id": "trail",
    "decision.undone_by_id": "trail",
    "learning_activity.mapped_by_id": "trail",
    "learning_actor.person_id": "learning-platforms",
    "learning_actor.settled_by_id": "trail",
    "learning_platform.issued_by_id": "trail",
    "panel_meeting.made_by_id": "trail",
    "panel_presence.person_id": "panel",
    "pathway_approval.recorded_by_id": "pathway-drafts",
    "pathway_draft.began_by_id": "pathway-drafts",
    "pathway_draft.changed_by_id": "pathway-drafts",
    "pathway_draft_event.by_id": "pathway-drafts",
    "review_case_event.by_id": "trail",
    "review_question.answered_by_id": "trail",
    "review_question.asked_by_id": "readings",
    "seat_term.appointed_by_id": "trail",
    "seat_term.person_id": "steering-terms",
    "tie.noted_by_id": "trail",
    "tie.person_id": "steering-ties",
    "youth_seat.activated_by_id": "trail",
    "youth_seat.made_by_id": "trail",
    "youth_seat.person_id": "youth-seat",
    "youth_seat.supporter_id": "supporting",
}
"""A new column that points to a person stands here, with the section that shows it."""
SILENT = {
    "safeguarding_flag.closed_by_id",
    "safeguarding_flag.raised_by_id",
    "safeguarding_flag.seen_by_id",
}
"""The domain page, section 4: a flag appears in nobody's data, or it would tell that there is one."""
GOES = ("device", "passkey", "practitioner", "worker_pledge")
"""No row of these points to somebody who was erased."""
STAYS = {
    "pledge.contact_name": "the organisation's record",
    "pledge.contact_email": "the organisation's record",
    "pledge.signatory_name": "the organisation's record",
    "data_request.name": "how we dealt with it, for as long as we must be able to show it",
    "data_request.email": "as above",
    "data_request.words": "as above",
    "submission.declared_name": "the organisation's record; flask submission remove takes it out",
    "submission_item.content": "as above",
    "outbox_mail.address": "the mail that tells of it, until it went",
    "outbox_mail.facts": "mails to others, until their text is forgotten",
    "outbox_mail.subject": "as above",
    "outbox_mail.body": "as above",
}


def pointing():
    return {
        f"{table.name}.{column.name}": column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }


def test_every_key_to_a_person_has_a_section(app):
    assert set(pointing()) == set(SHOWN) | SILENT


@pytest.fixture
def zebedee(session, client):
    """Leads, asks, writes and was asked; was of the Charter team for a while."""
    who = people.person(session, NAME, ADDRESS)
    addresses.with_second(session, who, SECOND)
    _of_the_team(session, who)
    _of_clubs(session, who)
    _of_the_charter(session, who)
    _of_quality(session, who)
    addresses.lost(session, ADDRESS, "new.zebedee@quill.example")
    people.data_request(session, who, words=f"I am {NAME}.")
    parked = ParkedForm(
        person_id=who.id, path="/my/", typed={"a": [ADDRESS]}, parked_at=clock.now()
    )
    session.add(parked)
    session.commit()
    client.sign_in(who)
    return who


def _of_the_team(session, who):
    actions.appoint(session, who, OFFICER, by="system:test", at=clock.now())
    session.commit()
    other = people.person(session, "Pat")
    actions.appoint(session, other, DATA_PROTECTION, by=who, at=clock.now())
    session.commit()
    accounts.merger(session, who)
    renamed = accounts.renamed(session)
    if renamed.state == "waiting":
        naming.accept_name(session, renamed, by=who, at=clock.now())
    charter.pledge(session, states.RETURNED, by=who)
    charter.pledge(session, states.SUSPENDED, by=who)
    draft = drafts.begun(session, who)
    drafts.reworded(session, draft, who)
    drafts.approved(session, draft, who)
    framework = frameworks.begun(session, who)
    frameworks.reworded(session, framework, who)
    frameworks.approved(session, framework, who)
    sessions.booking(session, booked.OFFERED, by=who)
    for appointment in who.appointments:
        appointment.ended_at = clock.now()
        record(session, appointment, "end", by="system:test", at=clock.now())
    session.commit()


def _of_clubs(session, who):
    club = accounts.checked_organisation(session, who, name="Quill Club")
    accounts.invitation(session, club, "bo@example.org", "viewer")
    colleague = accounts.member(session, club, "editor", "Bo Berg")
    accounts.offers_lead(session, club, accounts.membership(session, club, colleague))
    accounts.renamed(session, club, "Quill and Ink")
    charter.pledge(session, states.SENT, organisation=club)
    sessions.booking(session, booked.INTERESTED, organisation=club)
    _of_training(session, who, club, colleague)
    other = accounts.checked_organisation(session, name="Harbour")
    asked = accounts.invitation(session, other, ADDRESS, "editor")
    colleagues.accept_invitation(session, asked, by=who, at=clock.now())
    session.commit()
    accounts.offers_lead(session, other, accounts.membership(session, other, who))
    third = accounts.checked_organisation(session, name="Mill Lane")
    asked_to_join = accounts.asks_to_join(session, third, who)
    assert asked_to_join.note


def _of_training(session, who, club, colleague):
    training.with_roles(session, who, club, "manager")
    training.entered(session, who, provider=NAME)
    training.with_roles(session, colleague, club, "volunteer")
    training.checked(session, colleague, by=who)
    training.checks_noted(session, colleague, club, by=who)
    given = training_sessions.offered(session, club, by=who, title="First aid")
    training_sessions.booked(session, given, who)
    training_sessions.booked(session, given, colleague, by=who)
    sheet = [(NAME, ADDRESS.upper(), "W3", "1 March 2027"), ("Ann Other", "", "W3", "1 March 2027")]
    imports.added(session, club, sheet, by=who)


def _of_quality(session, who):
    """Declares under their own name what their club sends, and takes it back."""
    club = charter.club(session, lead=who, name="Quill Quality")
    declared = Declared(NAME, "Chair", "foundation")
    sent = sending.sent(session, sending.ready(session, club), declared=declared)
    sending.withdrawn(session, sent)


def _of_the_charter(session, who):
    made = workers.pledge(session, "Zebedee", email=ADDRESS)
    made.person_id = made.person_id or who.id
    session.commit()


def test_what_points_to_them_is_shown(session, zebedee):
    shown = {s.key: s.rows for s in sections_of(session, zebedee)}
    pointed = {
        name
        for name, column in pointing().items()
        if session.scalar(
            select(func.count()).select_from(column.table).where(column == zebedee.id)
        )
    }
    assert len(pointed) >= 24, sorted(set(SHOWN) - pointed)
    for name in pointed:
        assert shown[SHOWN[name]], name
    said = str(shown)
    for words in ("Quill Club", "Mill Lane", "Harbour", "bo@example.org", SECOND):
        assert words in said


def test_no_table_says_their_name_or_address_afterwards(session, zebedee):
    number = zebedee.id
    erase(session, zebedee, by=zebedee, at=clock.now())
    session.commit()
    names = re.compile("|".join(map(re.escape, (NAME, ADDRESS, SECOND))), re.I)
    found = {
        f"{table}.{column}"
        for (table, column), values in everything(session).items()
        if any(names.search(value) for value in values)
    }
    assert found - {"audit_value.after"} <= set(STAYS)
    whose = select(AuditEntry.subject, AuditValue.field, AuditValue.after).join(
        AuditEntry, AuditEntry.number == AuditValue.entry_number
    )
    kept = {
        f"{subject.split(':')[0]}.{field}"
        for subject, field, after in session.execute(whose)
        if names.search(str(after))
    }
    assert kept <= set(STAYS)
    for table in GOES:
        column = Base.metadata.tables[table].c.person_id
        assert session.scalar(select(func.count()).where(column == number)) == 0, table
    assert unsound(session) == []


def test_their_note_is_gone_from_what_the_audit_kept(session):
    who = people.person(session, NAME, ADDRESS)
    club = accounts.checked_organisation(session, name="Mill Lane")
    asked = accounts.asks_to_join(session, club, who)
    assert "Tuesday group" in str(session.scalars(select(AuditValue.after)).all())
    clock.freeze(clock.now() + timedelta(minutes=1))
    erase(session, who, by=who, at=clock.now())
    session.commit()
    assert (asked.state, asked.note) == ("withdrawn", "")
    assert "Tuesday group" not in str(session.scalars(select(AuditValue.after)).all())
    assert unsound(session) == []
