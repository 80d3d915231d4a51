"""Registering, changing, checking and closing an organisation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts import rules
from accounts.actions.leading import see_who_leads
from accounts.actions.naming import ask_for_name
from accounts.actions.putting import put
from accounts.actions.telling import tell, write_to
from accounts.models import (
    CLOSED,
    LEAD,
    Membership,
    Organisation,
    OrganisationAddress,
    OrganisationRename,
    Person,
)
from accounts.organisation_moves import TRANSITIONS, back
from accounts.queries import leading
from accounts.queries.organisations import slugs_like
from web.access import Verdict
from web.audit import record
from web.folding import fold, slug, sort_key
from web.workflow import insist, perform


@dataclass(frozen=True)
class Details:
    """What an organisation says of itself, each text as accounts.forms.written leaves it."""

    name: str
    kind: str
    areas: list[str]
    volunteer_run: bool
    about: str = ""
    charity_number: str | None = None
    company_number: str | None = None
    website: str | None = None
    public_email: str | None = None
    public_phone: str | None = None


def register_organisation(
    session: Session, details: Details, *, by: Person, at: datetime
) -> Organisation:
    """A new one, unchecked and hidden; who registers it is its lead.

    Raises IntegrityError when another of its name comes at the same moment: try once more.
    """
    insist(rules.may_register_organisation(by))
    taken = slugs_like(session, slug(details.name))
    address = slug(details.name, taken | {"new"})  # /new is the page for registering
    organisation = Organisation(slug=address, created_at=at, created_by_id=by.id)
    put(organisation, _with_keys(details))
    session.add(organisation)
    lead = Membership(person=by, organisation=organisation, role=LEAD, began_at=at)
    session.add(lead)
    session.flush()
    session.add(OrganisationAddress(slug=address, organisation_id=organisation.id, since=at))
    session.flush()
    tell(session, organisation, "registered", by=by, at=at, person=by, role=LEAD)
    record(session, organisation, "register", by=by, at=at)
    record(session, lead, "begin", by=by, at=at)
    return organisation


def change_organisation(
    session: Session, organisation: Organisation, details: Details, *, by: Person, at: datetime
) -> OrganisationRename | None:
    """A new name goes its own way (accounts.actions.naming); returns it where the team looks."""
    insist(rules.may_edit_organisation(by, organisation))
    rest = {field: value for field, value in vars(details).items() if field != "name"}
    if put(organisation, rest):
        record(session, organisation, "change", by=by, at=at)
    if details.name == organisation.name:
        return None
    return ask_for_name(session, organisation, details.name, by=by, at=at)


def check_organisation(
    session: Session, organisation: Organisation, *, by: Person, at: datetime
) -> None:
    """The Charter team's first check: from now on it may stand in public.  Raises Refused."""
    insist(rules.may_check_organisation(by, organisation))  # it says better why not
    perform(TRANSITIONS, "check", organisation, by=by, at=at)
    record(session, organisation, "check", by=by, at=at)
    tell(session, organisation, "checked", by=None, at=at)


def close_organisation(
    session: Session, organisation: Organisation, *, by: Person, at: datetime, why: str = ""
) -> None:
    """Nothing of it can be changed any more, and the public sees it no more.

    Its pledge stays as it is, so that opening it again brings everything back; no clock moves it.
    """
    perform(TRANSITIONS, "close", organisation, by=by, at=at)
    record(session, organisation, "close", by=by, at=at)
    tell(session, organisation, "closed", by=None, at=at)
    for lead in leading.leads_of(session, organisation):
        write_to(session, lead, "closed", organisation, at=at, why=why)


def may_open_again(organisation: Organisation, at: datetime, fresh_for: timedelta) -> Verdict:
    if organisation.state != CLOSED or organisation.closed_at is None:
        return "It is open already."
    if at > organisation.closed_at + fresh_for:
        return "It is too late to open it again. It can be registered anew."
    return True


def open_again(
    session: Session, organisation: Organisation, *, by: Person, at: datetime, fresh_for: timedelta
) -> None:
    """A closing by mistake is as if it had not been."""
    insist(may_open_again(organisation, at, fresh_for))
    perform(TRANSITIONS, back(organisation), organisation, by=by, at=at)
    record(session, organisation, "open again", by=by, at=at)
    tell(session, organisation, "opened again", by=None, at=at)
    see_who_leads(session, organisation, by=by, at=at)


def _with_keys(details: Details) -> dict[str, Any]:
    keys = {"sort_key": sort_key(details.name), "search_key": fold(details.name)}
    return vars(details) | keys
