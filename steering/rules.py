"""Who may see and do what with seats and ties.  True, or a sentence saying why not."""

from typing import Any

from accounts.models.people import GROUP_ROLES
from accounts.rules import is_officer
from web.access import Verdict

__all__ = ["has_a_part", "is_officer", "may_end_tie"]


def has_a_part(person: Any, *_: object) -> Verdict:
    """Holds a seat, or assesses."""
    if any(person.has_role(role) for role in GROUP_ROLES):
        return True
    return "This page is for people of the steering group and for assessors."


def may_end_tie(person: Any, tie: Any) -> Verdict:
    """Whoever noted it; what an officer noted, any officer."""
    if tie.taken_back_at is not None:
        return "This was taken back already."
    if tie.noted_by_id == person.id:
        return True
    if tie.noted_by_id != tie.person_id and is_officer(person) is True:
        return True
    return "The Charter team noted this. Ask them if it is wrong."
