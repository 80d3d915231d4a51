"""Who may read the papers of a case, write a reading, send it.  Plain Python.

Whether somebody may know of the case at all is the loader's question (review.desk.loading).
"""

from typing import Any

from review.parts import ACCEPTED, SENT
from review.states import BEFORE_READING, READING, STAGED, UNDECIDED
from web.access import Verdict

SAY_YES_FIRST = "Say first whether you can read it. Then its papers open."
OVER = "This case is over, so its papers are closed."
NOT_NOW = "This cannot be read any more: the case has moved on."
SENT_ALREADY = "You have sent it. What is sealed stays as it is."


def may_see_papers(_person: Any, reader: Any) -> Verdict:
    """Whoever said yes, until it is decided."""
    if reader.mine.state not in (ACCEPTED, SENT):
        return SAY_YES_FIRST
    return True if reader.case.state in (*UNDECIDED, STAGED) else OVER


def may_write(person: Any, reader: Any) -> Verdict:
    """Until they have sent it; while others still say yes, too."""
    verdict = may_see_papers(person, reader)
    if verdict is not True:
        return verdict
    if reader.mine.state == SENT:
        return SENT_ALREADY
    return True if reader.case.state in (*BEFORE_READING, *READING) else NOT_NOW


def may_ask(person: Any, reader: Any) -> Verdict:
    """Adults do; a young assessor tells them what they would like to know."""
    verdict = may_write(person, reader)
    if verdict is not True:
        return verdict
    if reader.is_young:
        return "The adult assessors ask the questions."
    return (
        True if reader.case.state in READING else "Questions can be asked once the reading began."
    )


def may_raise(_person: Any, reader: Any) -> Verdict:
    """Whoever has a part in the case; how far it is makes no difference."""
    return True if reader.mine.state in (ACCEPTED, SENT) else SAY_YES_FIRST
