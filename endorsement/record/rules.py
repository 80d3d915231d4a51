"""Who may take an organisation's whole record along."""

from typing import Any

from accounts.rules import EDITOR, LEAD, role_in
from web.access import Verdict

WHO = "Only editors and leads of your organisation can take all of it: there may be people in it."


def may_take(person: Any, organisation: Any) -> Verdict:
    """Whoever may open the files; of a closed organisation too."""
    return True if role_in(person, organisation) in (LEAD, EDITOR) else WHO
