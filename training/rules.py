"""Who may do what with a practitioner's training.  True, or a sentence that says why not.

Whether somebody may *know* of a record is the loaders' question: outsiders get 404 there.
Plain Python.
"""

from collections.abc import Collection
from typing import Any

from accounts.rules import (
    CLOSED,
    EDITOR,
    LEAD,
    VIEWERS_LOOK,
    is_officer,
    may_lead_organisation,
    role_in,
)
from training.pathways import Pathways
from web.access import Verdict

NOT_OWN = "Nobody checks their own training. Ask a lead of your organisation or the Charter team."
NOT_YOURS = "Only the person whose training this is can do that."
ALL = "*"
"""Stands for every module, also those of later."""


def is_own(person: Any, practitioner: Any) -> bool:
    return practitioner.person_id is not None and practitioner.person_id == person.id


def leads_them(person: Any, practitioner: Any) -> bool:
    """Leads an organisation where they have a role today."""
    return any(
        role.stands and role_in(person, role.organisation) == LEAD for role in practitioner.roles
    )


def checks_them(person: Any, practitioner: Any) -> bool:
    """Leads or edits an organisation where they have a role today, is let check there by a lead,
    or leads one that is its buddy."""
    standing = [role for role in practitioner.roles if role.stands]
    return (
        any(role_in(person, role.organisation) in (LEAD, EDITOR) for role in standing)
        or any(is_let_check(person, one) for role in standing for one in role.checkers)
        or any(leads_buddy(person, role) for role in standing)
    )


def is_let_check(person: Any, role: Any) -> bool:
    """By this role of their own, as long as they do it."""
    return role.may_check_since is not None and role.stands and is_own(person, role.practitioner)


def leads_buddy(person: Any, role: Any) -> bool:
    here = role.organisation_id
    return any(one.stands and role_in(person, one.other(here)) == LEAD for one in role.buddies)


def may_let_check(person: Any, role: Any) -> Verdict:
    """A lead says it of a colleague."""
    if is_own(person, role.practitioner):
        return "Another lead of your organisation says this of you."
    return may_lead_organisation(person, role.organisation)


def may_see_team(person: Any, organisation: Any) -> Verdict:
    """How the team stands: its leads and editors."""
    if role_in(person, organisation) not in (LEAD, EDITOR):
        return VIEWERS_LOOK
    return CLOSED if organisation.state == "closed" else True


def may_see_record(person: Any, record: Any) -> Verdict:
    """The owner, who entered it for somebody without an account, and who may check it."""
    if may_write_record(person, record) is True or may_check(person, record) is True:
        return True
    return "This is somebody else’s training."


def may_write_record(person: Any, record: Any) -> Verdict:
    return may_write_for(person, record.practitioner)


def may_write_for(person: Any, practitioner: Any) -> Verdict:
    """One's own; or, as long as they have no account, that of one's volunteers."""
    if is_own(person, practitioner):
        return True
    if practitioner.person_id is None and leads_them(person, practitioner):
        return True
    return NOT_YOURS


def may_check(person: Any, record: Any) -> Verdict:
    """Who checks for a place where they have a role, or the Charter team; never by oneself.

    One check counts for every organisation.  What a lead may see of it is the loaders' question.
    """
    if is_own(person, record.practitioner):
        return NOT_OWN
    if is_officer(person) is True or checks_them(person, record.practitioner):
        return True
    return (
        "Only an organisation they work with, its buddy organisation, or the Charter team can "
        "check this."
    )


def may_recognise(person: Any, record: Any) -> Verdict:
    """By a named person, who gives the reason."""
    return may_check(person, record)


def may_look_again(person: Any, record: Any) -> Verdict:
    """The Charter team, at a sample: not who checked it, not the owner."""
    if is_own(person, record.practitioner):
        return NOT_OWN
    if record.checked_by_id == person.id:
        return "You checked this one, so somebody else on the Charter team looks again."
    return is_officer(person)


def may_note_checks(person: Any, role: Any) -> Verdict:
    """Only the employer says that its own checks are finished, and nobody of themselves."""
    if is_own(person, role.practitioner):
        return "Another lead of your organisation writes this down."
    if role_in(person, role.organisation) != LEAD:
        return "Only a lead of the organisation can do this."
    return CLOSED if role.organisation.state == "closed" else True


def modules_shown(
    pathways: Pathways, roles: Collection[str], chosen: Collection[str]
) -> frozenset[str]:
    """What an organisation sees of somebody: what their roles there need, and what they chose."""
    needed = pathways.required(roles)
    return frozenset(pathways.by_key) if ALL in chosen else needed | frozenset(chosen)
