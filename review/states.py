"""The states of a case: plain words, so that tables, rules and pages name the same ones."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

WAITING = "waiting"
ALLOCATED = "allocated"
DESK = "desk"
QUESTION = "question"
VISIT = "visit"
REPORT = "report"
FACT_CHECK = "fact check"
MODERATION = "moderation"
PANEL = "panel"
STAGED = "staged"
ENDORSED = "endorsed"
CONDITIONS = "conditions"
LAPSED = "lapsed"
NOT_YET = "not yet"
APPEAL = "appeal"
SECOND_APPEAL = "second appeal"
WITHDRAWN = "withdrawn"

ALL_STATES = (
    WAITING, ALLOCATED, DESK, QUESTION, VISIT, REPORT, FACT_CHECK, MODERATION, PANEL, STAGED,
    ENDORSED, CONDITIONS, LAPSED, NOT_YET, APPEAL, SECOND_APPEAL, WITHDRAWN,
)  # fmt: skip
BEFORE_READING = (WAITING, ALLOCATED)
READING = (DESK, QUESTION)
ASSESSED = (VISIT, REPORT, FACT_CHECK, MODERATION, PANEL)
WITH_ASSESSORS = (*BEFORE_READING, *READING, VISIT, REPORT, FACT_CHECK, MODERATION)
"""Its assessors have it among their open cases."""
UNDECIDED = (*BEFORE_READING, *READING, *ASSESSED)
"""The organisation may still take its submission back."""
DECIDED = (ENDORSED, CONDITIONS, NOT_YET)
"""Released: the organisation reads it, and may appeal."""
ENDS = (LAPSED, WITHDRAWN)
"""Nothing comes after these."""

ORGANISATION, TEAM, ASSESSORS, LEAD, PANEL_TURN, NOBODY = (
    "organisation", "team", "assessors", "lead assessor", "panel", ""
)  # fmt: skip
TURN = {
    WAITING: TEAM,
    ALLOCATED: ASSESSORS,
    DESK: ASSESSORS,
    QUESTION: ORGANISATION,
    VISIT: ASSESSORS,
    REPORT: ASSESSORS,
    FACT_CHECK: ORGANISATION,
    MODERATION: LEAD,
    PANEL: PANEL_TURN,
    STAGED: TEAM,
    CONDITIONS: ORGANISATION,
    APPEAL: LEAD,
    SECOND_APPEAL: PANEL_TURN,
}
"""Whose turn it is, by state; where it is nobody's, the state is not here."""
TURNS = {
    ORGANISATION: _l("the organisation"),
    TEAM: _l("the Charter team"),
    ASSESSORS: _l("the assessors"),
    LEAD: _l("the lead assessor"),
    PANEL_TURN: _l("the panel"),
}


@dataclass(frozen=True)
class StateWords:
    """How a state is called, and what it means for whoever reads it."""

    name: str
    organisation: str
    assessors: str
    youth: str
    public: str


NOTHING = _l("The public sees nothing of it until it is decided.")
HIDDEN = _l("You do not see it yet.")

WORDS: dict[str, StateWords] = {
    WAITING: StateWords(
        _l("Waiting for assessors"),
        _l("We have it. We are finding people to read it who have no tie to you."),
        _l("It is not given to anybody yet."),
        HIDDEN,
        NOTHING,
    ),
    ALLOCATED: StateWords(
        _l("Assessors asked"),
        _l("We have asked assessors. They tell us if they can do it."),
        _l("You have been asked. Say yes or no."),
        _l("You may be asked to read it."),
        NOTHING,
    ),
    DESK: StateWords(
        _l("Being read"),
        _l("The assessors read what you sent, each alone."),
        _l("Read it and rate each standard. The others do not see what you write."),
        _l("Read it and say what you think. Nobody sees it until you send it."),
        NOTHING,
    ),
    QUESTION: StateWords(
        _l("A question to answer"),
        _l("An assessor has asked you something. The clock stands still until you answer."),
        _l("The organisation has a question to answer. You can go on reading."),
        _l("We wait for an answer from the place."),
        NOTHING,
    ),
    VISIT: StateWords(
        _l("Call or visit"),
        _l("The assessors have read it. Now they talk to you, or come and see."),
        _l("All readings are in. Have the call, or make the visit, and write down what you saw."),
        _l("It is time to see the place."),
        NOTHING,
    ),
    REPORT: StateWords(
        _l("Report being written"),
        _l("The assessors write down what they found."),
        _l("Settle where you differ, and write the report."),
        _l("The assessors write down what you all found."),
        NOTHING,
    ),
    FACT_CHECK: StateWords(
        _l("Facts to check"),
        _l("Read the report. Tell us of any fact that is wrong. If we hear nothing, it stands."),
        _l("The organisation checks the facts."),
        _l("The place reads the report and says if a fact is wrong."),
        NOTHING,
    ),
    MODERATION: StateWords(
        _l("Being checked together"),
        _l("A lead assessor looks at it, so that everybody is judged alike."),
        _l("A lead assessor checks it together with other cases."),
        _l("Somebody checks that it is fair."),
        NOTHING,
    ),
    PANEL: StateWords(
        _l("With the panel"),
        _l("The panel reads it and votes."),
        _l("The panel reads it and votes."),
        _l("It is your turn: read it and vote."),
        NOTHING,
    ),
    STAGED: StateWords(
        _l("Decided, soon to be told"),
        _l("The panel has voted. You will hear soon, together with others."),
        _l("The panel has voted. It is not told yet."),
        _l("The vote is over. The place does not know yet."),
        NOTHING,
    ),
    ENDORSED: StateWords(
        _l("Awarded"),
        _l("You have the award."),
        _l("The award was made."),
        _l("The place has the award."),
        _l("This place has an award for its quality."),
    ),
    CONDITIONS: StateWords(
        _l("Awarded, with conditions"),
        _l("You have the award. Some things must be done by a day; show us when they are."),
        _l("The award was made, with conditions."),
        _l("The place has the award, and must still do some things."),
        _l("This place has an award for its quality."),
    ),
    LAPSED: StateWords(
        _l("Conditions not met"),
        _l("A condition was not met in time, so the award has ended."),
        _l("A condition was not met in time, so the award has ended."),
        _l("The place did not do what it had to, so the award has ended."),
        _l("This place has no current award."),
    ),
    NOT_YET: StateWords(
        _l("Not yet"),
        _l("Not this time. Read what is there already, what is missing, and what comes next."),
        _l("It is not there yet."),
        _l("The place does not have the award yet."),
        NOTHING,
    ),
    APPEAL: StateWords(
        _l("Being looked at again"),
        _l("A lead assessor who had no part in it looks at it again."),
        _l("Somebody who had no part in it looks at it again."),
        _l("The place asked us to look again."),
        NOTHING,
    ),
    SECOND_APPEAL: StateWords(
        _l("Before a second panel"),
        _l("People who had no part in it read it and vote."),
        _l("People who had no part in it read it and vote."),
        _l("Other people read it and vote."),
        NOTHING,
    ),
    WITHDRAWN: StateWords(
        _l("Taken back"),
        _l("You took it back. You can send another one when you are ready."),
        _l("The organisation took it back. There is nothing more to do."),
        _l("The place took it back."),
        NOTHING,
    ),
}
