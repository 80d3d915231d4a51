"""From an address to a charter session, or None where it is not the person's to know of."""

from typing import Any

from flask import request

from accounts.queries import organisation_by_slug
from accounts.rules import is_officer, role_in
from charter.models import CharterSession
from charter.sessions import queries
from web.database import READING, db


def _changes() -> bool:
    return request.method not in READING


def of_organisation(person: Any, slug: str) -> CharterSession | None:
    """What an organisation asked for last, for its own people."""
    found = organisation_by_slug(db(), slug)
    if found is None or role_in(person, found) is None:
        return None
    return queries.newest(db(), found, lock=_changes())


def for_the_team(person: Any, reference: str) -> CharterSession | None:
    if is_officer(person) is not True:
        return None
    return queries.by_reference(db(), reference, lock=_changes())
