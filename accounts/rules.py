"""Who may do what with an organisation.  True, or a sentence that says why not.

Whether somebody may *know* of a thing is the loader's question (accounts.views): outsiders get
404 there.  These rules are asked of those who may know.
"""

from typing import Any

from accounts.addresses.rules import may_belong
from web.access import Verdict

LEAD, EDITOR = "lead", "editor"
RANK = (LEAD, EDITOR, "viewer")
"""The one who may do most first."""

CLOSED = "This organisation is closed, so nothing can be changed any more."
VIEWERS_LOOK = "You can look at this, not change it. Ask a lead of your organisation."
LEADS_ONLY = "Only a lead of your organisation can do this."


def role_in(person: Any, organisation: Any) -> str | None:
    """lead, editor or viewer; None for somebody who does not belong to it."""
    for membership in getattr(person, "memberships", ()):
        if membership.organisation_id == organisation.id and membership.ended_at is None:
            return str(membership.role)
    return None


def is_officer(person: Any, *_: object) -> Verdict:
    return True if person.has_role("officer") else "Only the Charter team can do this."


def is_data_protection_lead(person: Any, *_: object) -> Verdict:
    if person.has_role("data protection"):
        return True
    return "Only the data protection lead can do this."


# What people ask about their data


def may_answer_data_request(person: Any, request: Any) -> Verdict:
    verdict = is_data_protection_lead(person)
    if verdict is True and person.id == request.person_id:
        return "You sent this one, so another data protection lead answers it."
    return verdict


def may_handle_account(person: Any, request: Any) -> Verdict:
    """Look at the data of who asked, or erase it: only when it is known that it was they."""
    verdict = may_answer_data_request(person, request)
    if verdict is not True:
        return verdict
    if request.state not in ("received", "acknowledged"):
        return "This request is closed."
    if request.confirmed_at is None:
        return (
            "They have not shown yet that the mailbox is theirs. The email we sent them has a "
            "link for that."
        )
    return True


def may_see_looked_up(person: Any, request: Any) -> Verdict:
    """The page of somebody's data opens to whoever left word that they look."""
    verdict = may_handle_account(person, request)
    if verdict is True and not any(
        e.verb == "look" and e.by_id == person.id for e in request.events
    ):
        return "Use the button on the request. It leaves word that you looked."
    return verdict


# An organisation


def may_register_organisation(person: Any, *_: object) -> Verdict:
    """Anyone with a confirmed address."""
    if person.confirmed_at is None:
        return "Confirm your email address first."
    return may_belong(person)


def may_see_organisation(person: Any, organisation: Any) -> Verdict:
    """Its people, and the Charter team."""
    if role_in(person, organisation) is not None or is_officer(person) is True:
        return True
    return "You do not belong to this organisation."


def may_edit_organisation(person: Any, organisation: Any) -> Verdict:
    if role_in(person, organisation) not in (LEAD, EDITOR):
        return VIEWERS_LOOK
    return CLOSED if organisation.state == "closed" else True


def may_lead_organisation(person: Any, organisation: Any) -> Verdict:
    if role_in(person, organisation) != LEAD:
        return LEADS_ONLY
    return CLOSED if organisation.state == "closed" else True


def may_check_organisation(person: Any, organisation: Any) -> Verdict:
    """An officer who does not belong to it; the first check is made once."""
    if is_officer(person) is not True:
        return "Only the Charter team can do this."
    if role_in(person, organisation) is not None:
        return "You belong to this organisation, so somebody else on the Charter team checks it."
    if organisation.state != "unchecked":
        return f"This organisation is {organisation.state} already."
    return True


# Its people


def may_change_colleague(person: Any, membership: Any) -> Verdict:
    return may_lead_organisation(person, membership.organisation)


def may_end_membership(person: Any, membership: Any) -> Verdict:
    """A lead ends anybody's; everybody may leave, a closed organisation too."""
    if membership.person_id == person.id:
        return True
    return may_lead_organisation(person, membership.organisation)


def may_manage_invitation(person: Any, invitation: Any) -> Verdict:
    return may_lead_organisation(person, invitation.organisation)


def may_accept_invitation(person: Any, invitation: Any) -> Verdict:
    """Only the address it was sent to, and only once its owner has shown that it is theirs."""
    if person.confirmed_at is None:
        return "Confirm your email address first."
    if invitation.email not in person.emails:
        return (
            "This invitation was sent to another address than the one you signed in with. "
            "Sign in with that one, or ask for an invitation to this one."
        )
    return may_belong(person, invitation.organisation)


# What it runs


def may_see_project(person: Any, project: Any) -> Verdict:
    return may_see_organisation(person, project.organisation)


def may_edit_project(person: Any, project: Any) -> Verdict:
    return may_edit_organisation(person, project.organisation)


def may_change_open_project(person: Any, project: Any) -> Verdict:
    """A closed project is opened again before it is changed."""
    verdict = may_edit_project(person, project)
    if verdict is True and project.closed:
        return "This project is closed. Open it again first."
    return verdict


def may_edit_place(person: Any, place: Any) -> Verdict:
    return may_change_open_project(person, place.project)


# Joining, and who leads


def may_ask_to_join(person: Any, organisation: Any) -> Verdict:
    if person.confirmed_at is None:
        return "Confirm your email address first."
    if role_in(person, organisation) is not None:
        return "You belong to this organisation already."
    return may_belong(person, organisation)


def may_ask_to_lead(person: Any, organisation: Any) -> Verdict:
    """Somebody who belongs to an organisation that nobody leads."""
    if role_in(person, organisation) is None:
        return "You do not belong to this organisation."
    if organisation.state == "closed":
        return CLOSED
    if organisation.without_lead_since is None:
        return "Somebody leads this organisation. Ask them to hand it over."
    return True


def may_answer_request(person: Any, request: Any) -> Verdict:
    """Its leads; the Charter team where nobody leads, and for whoever wants to lead."""
    organisation = request.organisation
    if organisation.state == "closed":
        return CLOSED
    if organisation.without_lead_since is None:
        return may_lead_organisation(person, organisation)
    return may_look_after(person, organisation)


def may_withdraw_request(person: Any, request: Any) -> Verdict:
    return True if request.person_id == person.id else "Only who asked can take this back."


def may_look_after(person: Any, organisation: Any) -> Verdict:
    """An officer with no part in it: finding a lead, looking at its name, closing, merging."""
    if is_officer(person) is not True:
        return "Only the Charter team can do this."
    if role_in(person, organisation) is not None:
        return "You belong to this organisation, so somebody else on the Charter team does this."
    return True


def may_appoint_lead(person: Any, organisation: Any) -> Verdict:
    verdict = may_look_after(person, organisation)
    if verdict is True and organisation.state == "closed":
        return CLOSED
    if verdict is True and organisation.without_lead_since is None:
        return "Somebody leads this organisation. They invite their colleagues."
    return verdict


def may_undo_merger(person: Any, merger: Any) -> Verdict:
    return may_look_after(person, merger.stays)


def may_answer_handover(person: Any, handover: Any) -> Verdict:
    if handover.to_id != person.id:
        return "Only whom it was offered to can answer."
    return CLOSED if handover.organisation.state == "closed" else True


def may_withdraw_handover(person: Any, handover: Any) -> Verdict:
    """Any of its leads."""
    return may_lead_organisation(person, handover.organisation)
