"""Who leaves an organisation may lose the mailbox they sign in with: a prompt, never a bar."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.addresses import queries, rules
from accounts.addresses.words import MAILBOX_STATES
from accounts.models import Membership, Organisation, Person
from accounts.queries.organisations import organisations_left
from web.contributions import Panel
from web.database import db


def own_address_panels(session: Session, person: Person) -> Sequence[Panel]:
    """For whoever has left, and has no other address."""
    if person.second_email is not None or person.shared:
        return ()
    left = _likely_theirs(session, person, organisations_left(session, person))
    if left is None:
        return ()
    said = _(
        "%(email)s seems to belong to %(name)s, which you have left. Add an address of your own, "
        "so that you can still sign in when that mailbox ends.",
        email=person.email,
        name=left.name,
    )
    return (Panel(_("Keep your account"), said, _("Add an address"), "addresses.add"),)


def leaving_loses_mailbox(membership: Membership) -> bool:
    """Asked by the page on which somebody leaves."""
    person = membership.person
    if person.second_email is not None or person.shared:
        return False
    return _likely_theirs(db(), person, [membership.organisation]) is not None


def _likely_theirs(
    session: Session, person: Person, organisations: Iterable[Organisation]
) -> Organisation | None:
    """One whose mailbox a person's only address likely is."""
    known = list(organisations)
    certain = [o for o in known if rules.says_it_is_theirs(person.email, o)]
    domain = rules.domain_of(person.email)
    if certain or not known or domain in rules.EVERYBODYS:
        return next(iter(certain), None)
    shared = queries.with_this_domain(session, person, domain, [o.id for o in known])
    return next((o for o in known if o.id in shared), None)


template_globals: dict[str, Any] = {
    "leaving_loses_mailbox": leaving_loses_mailbox,
    "mailbox_states": MAILBOX_STATES,
}
