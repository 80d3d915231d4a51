"""Who may do what with a submission, and what must hold.  True, or a sentence that says why not.

``thing``: whatever belongs to an organisation, a self-assessment or a submission.
"""

from typing import Any

from accounts import rules as accounts_rules
from web.access import Verdict

TAKES_THE_RECORD = "Ask a lead or an editor of your organisation for its whole record."


def may_read(person: Any, thing: Any) -> Verdict:
    """Its own people, and the Charter team."""
    return accounts_rules.may_see_organisation(person, thing.organisation)


def may_send(person: Any, thing: Any) -> Verdict:
    return accounts_rules.may_lead_organisation(person, thing.organisation)


may_withdraw = may_send


def may_take_the_record(person: Any, organisation: Any) -> Verdict:
    """Whoever writes it; of a closed organisation too."""
    role = accounts_rules.role_in(person, organisation)
    return True if role in (accounts_rules.LEAD, accounts_rules.EDITOR) else TAKES_THE_RECORD


def is_officer(person: Any, *_: object) -> Verdict:
    return accounts_rules.is_officer(person)
