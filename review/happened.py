"""What is written in a case's history, by the verb of the move."""

from flask_babel import lazy_gettext as _l

HAPPENED = {
    "open": _l("Sent to the steering group"),
    "ask assessors": _l("Assessors were asked"),
    "find others": _l("Other assessors are looked for"),
    "begin reading": _l("The reading began"),
    "ask": _l("An assessor asked a question"),
    "answer": _l("The questions were answered"),
    "go on without": _l("The reading went on without an answer"),
    "all read": _l("All readings are in"),
    "met": _l("The call or visit was made"),
    "send report": _l("The report was sent to the organisation"),
    "facts checked": _l("The organisation checked the facts"),
    "silence agrees": _l("Nothing was heard, so the facts stand"),
    "moderate": _l("Checked together, and passed to the panel"),
    "back to the report": _l("Sent back to the assessors with a note"),
    "stage": _l("The panel voted"),
    "ask reserves": _l("More people were asked to vote"),
    "ask the second panel's reserves": _l("More people were asked to vote"),
    "look for a guest": _l("Somebody is looked for who can vote as a guest"),
    "look for a guest of the second panel": _l("Somebody is looked for who can vote as a guest"),
    "undo": _l("The vote was opened again"),
    "undo the second panel's": _l("The vote was opened again"),
    "endorse": _l("Awarded"),
    "endorse with conditions": _l("Awarded, with conditions"),
    "not yet": _l("Not yet"),
    "take back the release": _l("The decision was taken back, and is before the panel again"),
    "take back the second release": _l(
        "The decision was taken back, and is before the second panel again"
    ),
    "an essential fell": _l("An essential fell, and the time to put it right is over"),
    "meet conditions": _l("All conditions are met"),
    "lapse": _l("A condition was not met in time"),
    "appeal": _l("The organisation asked to look at it again"),
    "uphold": _l("Looked at again: the panel votes again"),
    "turn down: endorsed": _l("Looked at again: it stays as it was"),
    "turn down: conditions": _l("Looked at again: it stays as it was"),
    "turn down: not yet": _l("Looked at again: it stays as it was"),
    "appeal again": _l("The organisation asked for a second panel"),
    "withdraw": _l("Taken back"),
}
