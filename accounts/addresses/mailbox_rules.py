"""Who may mend a mailbox that nobody can open any more.  True, or why not."""

from typing import Any

from accounts.addresses.rules import CLOCK, HOLDER, has_any_role, standing
from accounts.rules import is_officer
from web.access import Verdict

HAS_ROLE = (
    "They have a role in the programme, so the Charter team cannot change their address. "
    "Ask the data-protection lead."
)
NO_ACCOUNT = "No account has this address. Ask them which one they sign in with, then refuse this."


def may_work(person: Any, request: Any = None) -> Verdict:
    """An officer, and never for themself."""
    verdict = is_officer(person)
    if verdict is True and request is not None and _is_about(person, request):
        return "This is your own mailbox, so somebody else on the Charter team does this."
    return verdict


def _is_about(person: Any, request: Any) -> bool:
    return person.id == request.person_id or request.old_email in person.emails


def may_be_mended(person: Any, request: Any) -> Verdict:
    """Whether an officer may start it for the account of this person (None: nobody's)."""
    if person is None or not person.active or request.old_email not in person.emails:
        return NO_ACCOUNT
    return HAS_ROLE if has_any_role(person) else True


def are_colleagues(one: Any, other: Any) -> bool:
    theirs = {m.organisation_id for m in standing(other)}
    return any(m.organisation_id in theirs for m in standing(one))


def officer_only(person: Any, request: Any) -> Verdict:
    return (
        "Only the Charter team can do this." if _is_no_person(person) else may_work(person, request)
    )


def may_stop(person: Any, request: Any) -> Verdict:
    if person == HOLDER:
        return True
    return officer_only(person, request)


def _is_no_person(person: Any) -> bool:
    return isinstance(person, str)


def the_clock(person: Any, _request: Any) -> Verdict:
    return True if person == CLOCK else "This comes with the date. Nobody can do it by hand."


def new_address_said_yes(request: Any) -> Verdict:
    if request.new_said_yes_at is None:
        return "The new address has not been confirmed yet."
    return True
