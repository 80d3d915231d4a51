"""That somebody leads: the flag for when nobody does, handing over, appointing."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts import rules
from accounts.actions.telling import tell, write_to
from accounts.addresses.rules import may_belong
from accounts.asking import CLOCK, HANDOVERS
from accounts.models import (
    CLOSED,
    LEAD,
    Invitation,
    LeadHandover,
    Membership,
    Organisation,
    Person,
)
from accounts.queries import colleagues as members
from accounts.queries import leading as queries
from accounts.queries.organisations import hold
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist, perform

LEAVE = "leave"
NOT_HERE = "They do not belong to your organisation any more."


def see_who_leads(
    session: Session,
    organisation: Organisation,
    *,
    by: Person | str,
    at: datetime,
    team: str | None = None,
) -> None:
    """Flag an organisation that nobody leads, or take the flag off.

    Whoever changes who belongs to it calls this.  Then its others are asked, and the Charter team
    finds it in its queue; ``team`` is its address, where a mail is wanted too.
    """
    session.flush()
    if organisation.state == CLOSED:
        return
    led = bool(queries.leads_of(session, organisation))
    if led == (organisation.without_lead_since is None):
        return
    organisation.without_lead_since = None if led else at
    verb = "led again" if led else "without a lead"
    record(session, organisation, verb, by=by, at=at)
    tell(session, organisation, verb, by=None, at=at)
    if led:
        return
    for person in queries.people_of(session, organisation):
        write_to(session, person, "lead_wanted", organisation, at=at)
    if team:
        name, slug = organisation.name, organisation.slug
        post(session, "accounts/without_lead", to=team, at=at, organisation=name, slug=slug)


def begin_membership(
    session: Session,
    organisation: Organisation,
    person: Person,
    role: str,
    *,
    by: Person,
    at: datetime,
    verb: str = "joined",
) -> Membership:
    """Who belongs to it already keeps the higher of the two roles."""
    standing = members.standing_membership(session, organisation, person)
    if standing is not None:
        if rules.RANK.index(role) < rules.RANK.index(standing.role):
            set_role(session, standing, role, by=by, at=at)
        return standing
    insist(may_belong(person, organisation))
    membership = Membership(person=person, organisation=organisation, role=role, began_at=at)
    session.add(membership)
    session.flush()
    record(session, membership, "begin", by=by, at=at)
    tell(session, organisation, verb, by=by, at=at, person=person, role=role)
    see_who_leads(session, organisation, by=by, at=at)
    return membership


def set_role(
    session: Session, membership: Membership, role: str, *, by: Person, at: datetime
) -> None:
    membership.role = role
    record(session, membership, "change role", by=by, at=at)
    organisation = membership.organisation
    tell(session, organisation, "role", by=by, at=at, person=membership.person_id, role=role)
    see_who_leads(session, organisation, by=by, at=at)


# Handing over


def offer_lead(
    session: Session,
    organisation: Organisation,
    colleague: Membership,
    *,
    afterwards: str,
    by: Person,
    at: datetime,
    good_for: timedelta,
) -> LeadHandover:
    """Until the colleague accepts, nothing changes.  Raises Refused."""
    insist(rules.may_lead_organisation(by, organisation))
    hold(session, organisation)
    if colleague.organisation_id != organisation.id or colleague.ended_at is not None:
        raise Refused([NOT_HERE])
    if colleague.person_id == by.id:
        raise Refused(["Choose a colleague, not yourself."])
    if not colleague.person.active:
        raise Refused(["Their account does not work any more. Choose another colleague."])
    standing = queries.handover_waiting(session, organisation, lock=True)
    if standing is not None:
        if (standing.to_id, standing.afterwards) == (colleague.person_id, afterwards):
            return standing  # the button pressed twice
        raise Refused(["The lead is offered to somebody already. Take that back first."])
    offer = LeadHandover(
        organisation=organisation, from_id=by.id, to_id=colleague.person_id,
        afterwards=afterwards, asked_at=at, expires_at=at + good_for,
    )  # fmt: skip
    session.add(offer)
    session.flush()
    record(session, offer, "offer", by=by, at=at)
    tell(session, organisation, "lead offered", by=by, at=at, person=colleague.person_id)
    facts: dict[str, Any] = {"who": by.name, "days": good_for.days}
    write_to(session, colleague.person, "lead_offered", organisation, at=at, **facts)
    return offer


def accept_lead(session: Session, offer: LeadHandover, *, by: Person, at: datetime) -> None:
    """They lead from now on; who offered it is what they chose to be.  Raises Refused."""
    organisation = offer.organisation
    hold(session, organisation)
    if offer.expires_at <= at and offer.state == "waiting":
        raise Refused(["This offer has run out. Ask for it once more."])
    theirs = members.standing_membership(session, organisation, by)
    former = members.standing_membership(session, organisation, offer.offered_by)
    if theirs is None:
        raise Refused(["You do not belong to this organisation any more."])
    if former is None or former.role != LEAD:
        raise Refused(["Who offered it does not lead this organisation any more."])
    _answer(session, offer, "accept", by, at)
    if theirs.role != LEAD:
        set_role(session, theirs, LEAD, by=by, at=at)
    if offer.afterwards == LEAVE:
        former.ended_at = at
        record(session, former, "end", by=by, at=at)
        tell(session, organisation, "left", by=offer.offered_by, at=at, person=former.person_id)
    else:
        set_role(session, former, offer.afterwards, by=by, at=at)
    tell(session, organisation, "handed over", by=offer.offered_by, at=at, person=by)
    write_to(session, offer.offered_by, "lead_taken", organisation, at=at, who=by.name)


def decline_lead(session: Session, offer: LeadHandover, *, by: Person, at: datetime) -> None:
    hold(session, offer.organisation)
    _answer(session, offer, "decline", by, at)
    organisation = offer.organisation
    write_to(session, offer.offered_by, "lead_not_taken", organisation, at=at, who=by.name)


def take_back_offer(session: Session, offer: LeadHandover, *, by: Person, at: datetime) -> None:
    hold(session, offer.organisation)
    _answer(session, offer, "withdraw", by, at)


def let_offer_run_out(session: Session, offer: LeadHandover, *, at: datetime) -> None:
    _answer(session, offer, "run out", CLOCK, at)
    who = offer.offered_to.name
    write_to(session, offer.offered_by, "lead_not_taken", offer.organisation, at=at, who=who)


def _answer(
    session: Session, offer: LeadHandover, verb: str, by: Person | str, at: datetime
) -> None:
    perform(HANDOVERS, verb, offer, by=by, at=at)
    record(session, offer, verb, by=by, at=at)


# The Charter team finds somebody


def appoint_lead(
    session: Session,
    organisation: Organisation,
    email: str,
    *,
    by: Person,
    at: datetime,
    good_for: timedelta,
) -> Invitation:
    """An invitation to lead, by mail; its button makes them lead.  Raises Refused."""
    insist(rules.may_appoint_lead(by, organisation))
    hold(session, organisation)
    standing = members.open_invitation_to(session, organisation, email)
    if standing is not None and standing.role == LEAD and standing.expires_at > at:
        raise Refused(["This address has an invitation to lead already. It waits to be accepted."])
    invitation = Invitation(
        organisation=organisation, email=email, role=LEAD, invited_by=by,
        invited_at=at, sent_at=at, expires_at=at + good_for,
    )  # fmt: skip
    session.add(invitation)
    session.flush()
    record(session, invitation, "invite", by=by, at=at)
    tell(session, organisation, "lead sought", by=by, at=at)
    post(
        session, "accounts/invitation", to=email, at=at, reference=invitation.reference,
        inviter=by.name, organisation=organisation.name, role=LEAD, days=good_for.days,
    )  # fmt: skip
    return invitation
