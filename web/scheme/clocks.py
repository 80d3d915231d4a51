"""How long everything takes, and how long everything is kept.

A name says its unit: working days are English working days, days and months are the calendar's.
"""

from pydantic import Field

from web.scheme.kinds import Count, Days, Months, Part, Years


class CharterClocks(Part):
    check_working_days: Days = Field(10, description="to check a pledge that was sent")
    renewal_months: Months = Field(12, description="until a pledge is due again")
    reminders_days_before: tuple[Days, ...] = Field(
        (60, 14, 0), strict=False, description="days before that date on which we remind"
    )
    lapse_after_days: Days = Field(60, description='after the date, until it is "not current"')
    lapse_reminder_days_before: Days = Field(14, description="days before that, a last reminder")
    renewal_opens_days_before: Days = Field(60, description="before the date, to renew from")
    renewal_grace_days: Days = Field(14, description="to mend a renewal, whatever the date")
    first_year_actions: Count = Field(3, description="the fewest actions in a first pledge")
    renewal_needs_every_commitment: bool = Field(
        True, description="true: a renewal has an action for each; false: as in the first year"
    )
    suspension_review_working_days: Days = Field(20, description="to look again at a suspension")
    session_minutes: Count = Field(90, description="how long a charter session usually takes")
    session_reminder_days: Days = Field(7, description="before a session, when we remind of it")
    session_answer_days: Days = Field(5, description="after offering a date, when we remind of it")
    restored_days: Days = Field(28, description="left at least when a suspension ends")
    suspension_appeal_working_days: Days = Field(20, description="to appeal against a suspension")
    suspension_answer_working_days: Days = Field(20, description="to answer such an appeal")
    smallest_batch: int = Field(
        5, ge=5, le=100, description="answers released together; never under 5"
    )
    words_wait_working_days: Days = Field(2, description="the oldest unread words close the box")
    worker_confirm_days: Days = Field(14, description="to confirm a worker's own pledge")
    worker_link_days: Days = Field(30, description="a mailed link to a worker's pledge works")


class EndorsementClocks(Part):
    allocation_working_days: Days = Field(5, description="to find assessors")
    desk_review_working_days: Days = Field(15, description="to read and rate")
    visit_working_days: Days = Field(10, description="to call or visit")
    report_working_days: Days = Field(5, description="to write the report")
    fact_check_working_days: Days = Field(10, description="then silence counts as agreement")
    moderation_working_days: Days = Field(5, description="to check together")
    moderation_sample_percent: int = Field(
        10,
        ge=0,
        le=100,
        description="in a hundred standards read alike, how many are checked",
    )
    vote_working_days: Days = Field(10, description="for pack and vote; then reserves are asked")
    guest_after_working_days: Days = Field(20, description="then a guest member is asked")
    question_working_days: Days = Field(20, description="to answer an assessor's question")
    extensions: int = Field(1, ge=0, le=10, description="how often a clock can be extended")
    closed_weeks_a_year: int = Field(6, ge=0, le=52, description="weeks that stop a group's clocks")
    assessor_late_working_days: Days = Field(10, description="then the assessor is replaced")
    open_cases_per_assessor: Count = Field(2, description="at most, unless they offer more")
    appointment_months: Months = Field(12, description="how long assessors are appointed for")
    youth_answer_working_days: Days = Field(5, description="before release, for the young members")
    condition_months: Months = Field(6, description="the longest a condition may run")
    appeal_working_days: Days = Field(20, description="to ask for an appeal")
    appeal_answer_working_days: Days = Field(30, description="to answer it")
    award_years: Years = Field(3, description="how long an award lasts")
    yearly_check_months: Months = Field(12, description="between the short checks")
    months_to_excellent: Months = Field(6, description="between Established and Excellent")
    grace_days: Days = Field(90, description="after an essential falls, before a condition")
    pause_review_working_days: Days = Field(20, description="to look again at a pause")
    tie_years: Years = Field(3, description="how long a tie bars an assessor")
    retired_version_months: Months = Field(12, description="a retired version is still accepted")


class TrainingClocks(Part):
    due_days: Days = Field(60, description="before it runs out, a module is due")
    place_within_days: Days = Field(90, description="a place must be offered within")
    reminders_days_before: tuple[Days, ...] = Field(
        (60, 14, 0), strict=False, description="days before it runs out on which we remind"
    )
    recheck_percent: int = Field(
        5, ge=0, le=100, description="of a hundred checked records, how many are looked at again"
    )


class AccountClocks(Part):
    invitation_days: Count = Field(14, description="how long an invitation can be used")
    address_change_days: Count = Field(
        7, description="how long a change of address can be confirmed"
    )
    join_request_days: Count = Field(28, description="how long somebody's wish to join waits")
    ask_again_days: Days = Field(7, description="before somebody may ask the same group again")
    hand_over_days: Count = Field(14, description="how long the offer to lead can be accepted")
    merge_undo_hours: Count = Field(24, description="in which a merger or a closing can be undone")
    mailbox_notice_hours: Days = Field(72, description="before a dead mailbox is replaced")
    complaint_days: int = Field(
        30, ge=1, le=30, description="to acknowledge a complaint; 30 by law"
    )


class MailClocks(Part):
    digest_days: Count = Field(7, description="the fewest days between two mails with reminders")


class Clocks(Part):
    charter: CharterClocks = CharterClocks()
    endorsement: EndorsementClocks = EndorsementClocks()
    training: TrainingClocks = TrainingClocks()
    accounts: AccountClocks = AccountClocks()
    mail: MailClocks = MailClocks()


class Retention(Part):
    accounts_months: Months = Field(24, description="after an account was last used")
    download_offered_months: Months = Field(22, description="when a download is offered")
    training_years: Years = Field(6, description="after the last membership ended")
    submission_cycles_after_award: Count = Field(1, description="award cycles kept after the award")
    withdrawn_or_refused_years: Years = Field(2, description="for what was withdrawn or refused")
    assessor_notes_years: Years = Field(1, description="after the decision")
    feedback_words_months: Months = Field(12, description="for young people's own words")
    youth_seat_months: Months = Field(3, description="after a young person's seat ends")
    messages_months: Months = Field(12, description="for the text of mails we sent")
    told_reminders_months: Months = Field(24, description="for what we reminded somebody of")
    sessions_years: Years = Field(2, description="for the words about a charter session")
    employer_checks_months: int = Field(6, ge=1, le=6, description="after leaving; 6 at most")
    unconfirmed_days: Days = Field(30, description="for an account that nobody confirmed")
    invitations_months: Months = Field(6, description="after an invitation ended")
    data_requests_months: Months = Field(24, description="after a request about data was closed")
    address_changes_months: Months = Field(12, description="after a change of address ended")
    learning_months: Months = Field(
        12, description="for what a learning platform sent of somebody we do not know"
    )
    audit_years: Years = Field(6, description="for the audit's values")
