"""What accounts takes away when a person is erased, and what it keeps (web.erasing)."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.actions.leading import see_who_leads
from accounts.actions.people import tell_all
from accounts.actions.telling import tell
from accounts.models import CLOSED, LEAD, Invitation, Person
from accounts.queries import my_data as queries
from accounts.queries.colleagues import other_leads
from accounts.queries.organisations import hold
from accounts.queries.people import hold as hold_person
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import Erasure
from web.database import holding
from web.mail.keeping import forget_to
from web.workflow import Refused

FORMER = "Somebody who has left"
"""Stands wherever the name stood."""


def erased_address() -> str:
    """No address: nobody can guess it, type it or send a mail to it."""
    return f"erased:{uuid4().hex}"


def obstacles(_session: Session, person: Person) -> list[str]:
    if any(a.ended_at is None for a in person.appointments):
        return [
            _(
                "This account has a role in the programme. The role has to end first: the Charter "
                "team can do that."
            )
        ]
    return []


def warnings(session: Session, person: Person) -> list[str]:
    return [
        _(
            "%(name)s has no other lead. Invite one first, or the Charter team will have to find "
            "somebody.",
            name=membership.organisation.name,
        )
        for membership in person.memberships
        if _only_lead(session, membership)
    ]


def keeps(session: Session, person: Person) -> list[str]:
    kept = [
        _(
            "That somebody did what you did here, and when. Others must be able to trust what was "
            "decided. It will say “%(former)s”.",
            former=FORMER,
        )
    ]
    if queries.organisations(session, person):
        kept.append(_("What you wrote about an organisation. It belongs to the organisation."))
    if queries.requests(session, person):
        kept.append(
            _(
                "What you asked or complained about, with our answer, for as long as we must be "
                "able to show how we dealt with it."
            )
        )
    return kept


def erase(session: Session, person: Person, *, by: Any, at: datetime) -> None:
    """A mail tells the address of it, before the address is forgotten."""
    hold_person(session, person)
    if person.erased_at is not None:
        raise Refused([_("This account is deleted already.")])
    if person.confirmed_at is not None:
        tell_all(session, person, "account_deleted", at=at)
    forget_to(session, sorted(person.emails), at)
    _leave(session, person, by, at)
    _forget_invitations(session, person, by, at)
    _take_the_words(person, at)
    forget_values(session, person)
    record(session, person, "erase", by=by, at=at)


def _leave(session: Session, person: Person, by: Any, at: datetime) -> None:
    team = current_app.extensions["scheme"].contacts.email
    for membership in person.memberships:
        if membership.ended_at is None:
            hold(session, membership.organisation)
            membership.ended_at = at
            record(session, membership, "end", by=by, at=at)
            tell(session, membership.organisation, "left", by=None, at=at, person=person)
            see_who_leads(session, membership.organisation, by=by, at=at, team=team)


def _forget_invitations(session: Session, person: Person, by: Any, at: datetime) -> None:
    """Those to their address; one that waits is taken back."""
    theirs = or_(Invitation.email.in_(person.emails), Invitation.accepted_by_id == person.id)
    wanted = select(Invitation).where(theirs).order_by(Invitation.id)
    for invitation in session.scalars(holding(wanted)):
        if invitation.accepted_at is None and invitation.withdrawn_at is None:
            invitation.withdrawn_at = at
        invitation.email = erased_address()
        forget_values(session, invitation)
        record(session, invitation, "erase", by=by, at=at)


def _take_the_words(person: Person, at: datetime) -> None:
    person.name, person.email, person.second_email = FORMER, erased_address(), None
    person.active, person.erased_at = False, at
    person.password = None
    person.fs_uniquifier = uuid4().hex
    person.last_used_at = person.download_offered_at = None
    person.us_totp_secrets = person.us_phone_number = None
    person.tf_totp_secret = person.tf_primary_method = None
    person.mf_recovery_codes = person.fs_webauthn_user_handle = None


def _only_lead(session: Session, membership: Any) -> bool:
    standing = membership.ended_at is None and membership.organisation.state != CLOSED
    return standing and membership.role == LEAD and not other_leads(session, membership)


erasure = Erasure(obstacles=obstacles, warns=warnings, erase=erase, keeps=keeps)
