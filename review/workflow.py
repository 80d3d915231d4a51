"""Every state a case can be in, and every way it can move.  Read TRANSITIONS first.

To open a case is no move: a submission that is sent opens it, as waiting (review.opening).
"""

from review import rules
from review.states import (
    ALLOCATED,
    APPEAL,
    CONDITIONS,
    DECIDED,
    DESK,
    ENDORSED,
    FACT_CHECK,
    LAPSED,
    MODERATION,
    NOT_YET,
    PANEL,
    QUESTION,
    REPORT,
    SECOND_APPEAL,
    STAGED,
    TURN,
    TURNS,
    UNDECIDED,
    VISIT,
    WAITING,
    WITHDRAWN,
    WORDS,
)
from web.workflow import Table, as_mermaid, as_page, move, table

TRANSITIONS: Table = table(
    move("ask assessors", WAITING, ALLOCATED, to=ALLOCATED,
         by=rules.is_officer, needs=(rules.enough_asked,), tell=("asked",)),
    move("find others", ALLOCATED, DESK, QUESTION, VISIT, REPORT, to=WAITING,
         by=rules.portal_or_clock, tell=("team",)),
    move("read again", FACT_CHECK, MODERATION, PANEL, to=WAITING,
         by=rules.the_portal, needs=(rules.is_short_of_readings,), tell=("team", "organisation")),
    move("begin reading", ALLOCATED, WAITING, to=DESK,
         by=rules.the_portal, needs=(rules.enough_accepted,), tell=("organisation", "assessors")),
    # Questions
    move("ask", DESK, QUESTION, to=QUESTION,
         by=rules.assesses_it, tell=("organisation",)),
    move("answer", QUESTION, to=DESK,
         by=rules.edits_it, needs=(rules.no_question_is_open,), tell=("assessors",)),
    move("go on without", QUESTION, to=DESK,
         by=rules.portal_or_clock, needs=(rules.no_question_is_open,), tell=("assessors",)),
    # From the readings to the report
    move("all read", DESK, to=VISIT,
         by=rules.the_portal, needs=(rules.all_sent,), tell=("assessors",)),
    move("met", VISIT, to=REPORT,
         by=rules.assesses_it_as_adult, needs=(rules.was_met,), tell=("assessors",)),
    move("send report", REPORT, to=FACT_CHECK,
         by=rules.assesses_it_as_adult, needs=(rules.report_is_whole,), tell=("organisation",)),
    move("facts checked", FACT_CHECK, to=MODERATION,
         by=rules.leads_it, tell=("assessors", "lead assessors")),
    move("silence agrees", FACT_CHECK, to=MODERATION,
         by=rules.the_clock, tell=("organisation", "lead assessors")),
    move("moderate", MODERATION, to=PANEL,
         by=rules.moderates,
         needs=(rules.facts_are_answered, rules.moderation_is_done, rules.may_go_on),
         tell=("team",)),
    move("back to the report", MODERATION, to=REPORT,
         by=rules.moderates, note_required=True, tell=("assessors",)),
    # The panel
    move("ask reserves", PANEL, to=PANEL, by=rules.the_clock),
    move("ask the second panel's reserves", SECOND_APPEAL, to=SECOND_APPEAL, by=rules.the_clock),
    move("look for a guest", PANEL, to=PANEL, by=rules.the_clock, tell=("team", "chairs")),
    move("look for a guest of the second panel", SECOND_APPEAL, to=SECOND_APPEAL,
         by=rules.the_clock, tell=("team", "chairs")),
    move("stage", PANEL, SECOND_APPEAL, to=STAGED,
         by=rules.leads_the_panel, needs=(rules.may_go_on, rules.decision_stands),
         tell=("team",)),
    move("undo", STAGED, to=PANEL,
         by=rules.leads_the_panel, needs=(rules.the_first_panels,), note_required=True,
         tell=("team",)),
    move("undo the second panel's", STAGED, to=SECOND_APPEAL,
         by=rules.leads_the_panel, needs=(rules.the_second_panels,), note_required=True,
         tell=("team",)),
    move("endorse", STAGED, to=ENDORSED,
         by=rules.is_officer, needs=(rules.decision_stands, rules.readings_count),
         tell=("organisation",)),
    move("endorse with conditions", STAGED, to=CONDITIONS,
         by=rules.is_officer, needs=(rules.decision_stands, rules.readings_count),
         tell=("organisation",)),
    move("not yet", STAGED, to=NOT_YET,
         by=rules.is_officer, needs=(rules.decision_stands, rules.readings_count),
         tell=("organisation",)),
    move("take back the release", *DECIDED, to=PANEL,
         by=rules.leads_the_panel, needs=(rules.the_first_panels,), note_required=True,
         tell=("organisation", "team")),
    move("take back the second release", *DECIDED, to=SECOND_APPEAL,
         by=rules.leads_the_panel, needs=(rules.the_second_panels,), note_required=True,
         tell=("organisation", "team")),
    # Afterwards
    move("an essential fell", ENDORSED, CONDITIONS, to=CONDITIONS,
         by=rules.the_clock, tell=("organisation", "team")),
    move("meet conditions", CONDITIONS, to=ENDORSED,
         by=rules.portal_or_clock, needs=(rules.no_condition_is_open,), tell=("organisation",)),
    move("lapse", CONDITIONS, to=LAPSED, by=rules.the_clock, tell=("organisation", "team")),
    move("appeal", *DECIDED, to=APPEAL,
         by=rules.leads_it, needs=(rules.not_appealed_yet,), note_required=True,
         tell=("team", "appeal answerers")),
    move("uphold", APPEAL, to=PANEL,
         by=rules.hears_appeal, note_required=True, tell=("organisation", "team")),
    move("turn down: endorsed", APPEAL, to=ENDORSED,
         by=rules.hears_appeal, needs=(rules.was_endorsed,), note_required=True,
         tell=("organisation",)),
    move("turn down: conditions", APPEAL, to=CONDITIONS,
         by=rules.hears_appeal, needs=(rules.was_with_conditions,), note_required=True,
         tell=("organisation",)),
    move("turn down: not yet", APPEAL, to=NOT_YET,
         by=rules.hears_appeal, needs=(rules.was_not_yet,), note_required=True,
         tell=("organisation",)),
    move("appeal again", *DECIDED, to=SECOND_APPEAL,
         by=rules.leads_it, needs=(rules.first_appeal_is_answered,), note_required=True,
         tell=("team",)),
    # Taken back
    move("withdraw", *UNDECIDED, to=WITHDRAWN, by=rules.leads_it, tell=("assessors",)),
)  # fmt: skip
"""``tell``: to whom a mail goes.  review.telling knows who they are."""


def as_markdown() -> str:
    """docs/states-of-a-case.md: the diagram, and what each state means for whom."""
    names = {state: str(words.name) for state, words in WORDS.items()}
    head = (
        "state", "whose turn", "the organisation reads", "assessors read", "young members read",
        "the public reads",
    )  # fmt: skip
    rows = [
        (f"{w.name} (`{state}`)", _turn(state), w.organisation, w.assessors, w.youth, w.public)
        for state, w in WORDS.items()
    ]
    return as_page(
        "The states of a case",
        "Written by `flask review states` from `review/workflow.py` and `review/states.py`.",
        as_mermaid(TRANSITIONS, WAITING, names),
        [head, *rows],
    )


def _turn(state: str) -> str:
    return str(TURNS[TURN[state]]) if state in TURN else "nobody’s"
