"""Who may do what with a submission, and what must hold.  True, or a sentence that says why not.

``thing``: whatever belongs to an organisation, a self-assessment or a submission.
"""

from typing import Any

from accounts import rules as accounts_rules
from web.access import Verdict


def may_send(person: Any, thing: Any) -> Verdict:
    return accounts_rules.may_lead_organisation(person, thing.organisation)


may_withdraw = may_send


def is_officer(person: Any, *_: object) -> Verdict:
    return accounts_rules.is_officer(person)


STEERING_GROUP = "system:review"


def the_steering_group(by: Any, *_: object) -> Verdict:
    return True if by == STEERING_GROUP else "This follows from what the steering group decides."
