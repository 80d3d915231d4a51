"""From an address to an agreement, or to what its buddy checks; None where nobody is to know."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from accounts.queries import organisation_by_slug
from accounts.rules import LEAD, LEADS_ONLY, may_lead_organisation, role_in
from training import versions
from training.buddies import queries
from training.checking.loading import Desk, own_organisation, writing
from training.models import TrainingBuddy
from web.access import Verdict
from web.database import db


@dataclass(frozen=True)
class Agreement:
    organisation: Organisation
    """From whose side it is looked at."""
    buddy: TrainingBuddy


def may_lead_here(person: Any, at: Agreement) -> Verdict:
    return may_lead_organisation(person, at.organisation)


def agreement(person: Any, slug: str, reference: str) -> Agreement | None:
    organisation = own_organisation(person, slug)
    if organisation is None:
        return None
    found = queries.by_reference(db(), reference, lock=writing())
    if found is None or organisation not in found.both:
        return None
    return Agreement(organisation, found)


# What a buddy checks: the address names whose people they are


def leads_buddy(person: Any, desk: Desk) -> Verdict:
    if desk.buddy is None or desk.organisation is None:
        return LEADS_ONLY
    other = desk.buddy.other(desk.organisation.id)
    return True if role_in(person, other) == LEAD else LEADS_ONLY


def desk(person: Any, slug: str, buddy: str, **_more: Any) -> Desk | None:
    version, organisation = versions.newest(db()), organisation_by_slug(db(), slug)
    found = queries.by_reference(db(), buddy)
    if version is None or organisation is None or found is None:
        return None
    if organisation not in found.both or not found.stands:
        return None
    if role_in(person, found.other(organisation.id)) is None:
        return None
    return Desk(organisation, version.pathways, buddy=found)
