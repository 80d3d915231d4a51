"""From an address to the thing it names, or None for whoever is not to know of it.

What a request is going to change is locked, so that of two who save at once the second sees what
the first did (web.merging), instead of failing.
"""

from typing import Any

from flask import abort, redirect, request, url_for

from accounts import rules
from accounts.models import (
    CHECKED,
    CLOSED,
    Invitation,
    LeadHandover,
    Membership,
    MembershipRequest,
    Organisation,
    Place,
    Project,
)
from accounts.queries import colleagues as colleague_queries
from accounts.queries import leading as leading_queries
from accounts.queries import projects as project_queries
from accounts.queries.naming import merged_into
from accounts.queries.organisations import organisation_by_slug
from web.database import READING, db


def _writing() -> bool:
    return request.method not in READING


def organisation(person: Any, slug: str) -> Organisation | None:
    found = organisation_by_slug(db(), slug, lock=_writing())
    if found is None:
        return None
    if rules.may_see_organisation(person, found) is not True:
        _to_what_it_became(person, found)
        return None
    to_its_address(found, slug)
    return found


def _to_what_it_became(person: Any, gone: Organisation) -> None:
    """Whoever belonged to one that was merged away belongs to the other now."""
    merger = merged_into(db(), gone) if gone.state == CLOSED and not _writing() else None
    if merger is not None and rules.may_see_organisation(person, merger.stays) is True:
        abort(redirect(url_for("organisations.desk", slug=merger.stays.slug)))


def to_its_address(found: Organisation, slug: str) -> None:
    """Whoever opens an earlier address is led to today's.  Ask first whether they may know it.

    Browsers must not keep the answer: a club may go back to its old name.
    """
    if found.slug != slug and not _writing():
        here = {**(request.view_args or {}), **request.args, "slug": found.slug}
        answer = redirect(url_for(request.endpoint or "", **here), 301)
        answer.headers["Cache-Control"] = "no-cache"
        abort(answer)


def joinable(_person: Any, slug: str) -> Organisation | None:
    """A checked one, which anybody with an account may find."""
    found = organisation_by_slug(db(), slug, lock=_writing())
    if found is None or found.state != CHECKED:
        return None
    to_its_address(found, slug)
    return found


def membership_request(person: Any, slug: str, reference: str) -> MembershipRequest | None:
    within = organisation(person, slug)
    if within is None:
        return None
    found = leading_queries.request_by_reference(db(), reference, lock=_writing())
    return found if found and found.organisation_id == within.id else None


def handover(person: Any, slug: str) -> LeadHandover | None:
    """The offer that waits."""
    within = organisation(person, slug)
    return leading_queries.handover_waiting(db(), within, lock=_writing()) if within else None


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


def for_the_team(person: Any, slug: str) -> Organisation | None:
    """Any organisation, for the Charter team."""
    if rules.is_officer(person) is not True:
        return None
    return organisation(person, slug)
