"""Who may do what with an organisation's evidence, and what no organisation may keep here.

Whether somebody may know of it is the loaders' question.  Plain Python.
"""

from typing import Any

from accounts.not_kept import DBS, DBS_NUMBERS, what_is_not_kept
from accounts.rules import EDITOR, LEAD, may_edit_organisation, role_in
from web.access import Verdict

__all__ = ["DBS", "DBS_NUMBERS", "what_is_not_kept"]
FILES_ARE_OPENED_BY = (
    "Only editors and leads of your organisation can open files: there may be people in them."
)


def may_see(person: Any, thing: Any) -> Verdict:
    """Its own people, whatever their role."""
    return True if role_in(person, _organisation(thing)) else "You do not belong to it."


def may_change(person: Any, thing: Any) -> Verdict:
    """Editors and leads, while the organisation is open."""
    return may_edit_organisation(person, _organisation(thing))


def may_open_files(person: Any, thing: Any) -> Verdict:
    """Editors and leads, of a closed organisation too."""
    if role_in(person, _organisation(thing)) in (LEAD, EDITOR):
        return True
    return FILES_ARE_OPENED_BY


def _organisation(thing: Any) -> Any:
    """Of an item, a version of one; or the organisation itself."""
    return getattr(thing, "organisation", thing)
