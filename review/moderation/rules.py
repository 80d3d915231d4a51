"""Who checks together, and when.  True, or a sentence why not."""

from typing import Any

from review import rules
from review.states import MODERATION
from web.access import Verdict


def moderates(person: Any, case: Any) -> Verdict:
    """A lead assessor who had no part in the case, while it is there to be checked."""
    verdict = rules.moderates(person, case)
    if verdict is True and case.state != MODERATION:
        return "This case is not there to be checked."
    return verdict


def moderates_standard(person: Any, at: Any) -> Verdict:
    return moderates(person, at.case)
