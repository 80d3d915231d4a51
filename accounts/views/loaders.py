"""From an address to the thing it names, or None for whoever is not to know of it.

What a request is going to change is locked, so that of two who save at once the second sees what
the first did (web.merging), instead of failing.
"""

from typing import Any

from flask import request

from accounts import rules
from accounts.models import Invitation, Membership, Organisation, Place, Project
from accounts.queries import colleagues as colleague_queries
from accounts.queries import projects as project_queries
from accounts.queries.organisations import organisation_by_slug
from web.database import READING, db


def _writing() -> bool:
    return request.method not in READING


def organisation(person: Any, slug: str) -> Organisation | None:
    found = organisation_by_slug(db(), slug, lock=_writing())
    if found is None or rules.may_see_organisation(person, found) is not True:
        return None
    return found


def membership(person: Any, slug: str, reference: str) -> Membership | None:
    within = organisation(person, slug)
    if within is None:
        return None
    return colleague_queries.membership_by_reference(db(), within, reference)


def sent_invitation(person: Any, slug: str, reference: str) -> Invitation | None:
    within = organisation(person, slug)
    if within is None:
        return None
    found = colleague_queries.invitation_by_reference(db(), reference, lock=_writing())
    return found if found and found.organisation_id == within.id else None


def project(person: Any, slug: str, project: str) -> Project | None:
    within = organisation(person, slug)
    if within is None:
        return None
    return project_queries.project_by_slug(db(), within, project, lock=_writing())


def place(person: Any, slug: str, project: str, reference: str) -> Place | None:
    within = _project(person, slug, project)
    if within is None:
        return None
    return project_queries.place_by_reference(db(), within, reference, lock=_writing())


_project = project  # the argument of the same name is the address's
