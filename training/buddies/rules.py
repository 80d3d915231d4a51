"""Who may do what with an agreement between two organisations.  Plain Python."""

from typing import Any

from accounts.rules import CLOSED, LEADS_ONLY, is_officer, may_lead_organisation, role_in
from web.access import Verdict


def may_agree(person: Any, agreement: Any) -> Verdict:
    """A lead of the one that was asked, and somebody else than who asked."""
    if agreement.asked_by_id == person.id:
        return "You asked, so another lead of the other organisation agrees."
    verdict = may_lead_organisation(person, agreement.buddy)
    if verdict is True and agreement.organisation.state == "closed":
        return CLOSED
    return verdict


def may_end(person: Any, agreement: Any) -> Verdict:
    """A lead of either, also while the other one is closed; an officer when they become one."""
    if any(role_in(person, one) == "lead" for one in agreement.both):
        return True
    return True if is_officer(person) is True else LEADS_ONLY
