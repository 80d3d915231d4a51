"""Who may do what with an organisation's self-assessment and plan.

Whether somebody may know of them is the loaders' question: until it is sent, nobody but the
organisation's own people may.
"""

from typing import Any

from accounts.rules import may_edit_organisation, may_lead_organisation, role_in
from web.access import Verdict

EARLIER = "This self-assessment is an earlier year’s, so it stays as it is."


def may_see_quality(person: Any, thing: Any) -> Verdict:
    """Its own people, whatever their role."""
    return True if role_in(person, _organisation(thing)) else "You do not belong to it."


def may_assess(person: Any, thing: Any) -> Verdict:
    """Its editors and leads, while the organisation is open and the assessment is this year's."""
    verdict = may_edit_organisation(person, _organisation(thing))
    if verdict is True and getattr(_assessment(thing), "ended_at", None) is not None:
        return EARLIER
    return verdict


def may_plan(person: Any, thing: Any) -> Verdict:
    return may_edit_organisation(person, _organisation(thing))


def may_offer_help(person: Any, at: Any) -> Verdict:
    """Those who met a standard: it is in place, or better."""
    verdict = may_assess(person, at)
    if verdict is not True:
        return verdict
    rating = at.answer.rating if at.answer else None
    if rating is None or rating < at.framework.top - 1:
        return "You can offer help with this once it is in place at yours."
    return True


def may_lead_quality(person: Any, thing: Any) -> Verdict:
    return may_lead_organisation(person, _organisation(thing))


def _assessment(thing: Any) -> Any:
    return getattr(thing, "assessment", thing)


def _organisation(thing: Any) -> Any:
    """Of an assessment, a part of one, an action; or the organisation itself."""
    return getattr(thing, "organisation", thing)
