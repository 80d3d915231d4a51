"""Inviting colleagues, and what they may do."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from accounts import rules
from accounts.actions.leading import begin_membership, see_who_leads, set_role
from accounts.actions.telling import tell, write_to
from accounts.models import LEAD, Invitation, Membership, Organisation, Person
from accounts.queries import colleagues as queries
from accounts.queries.leading import leads_of
from accounts.queries.organisations import hold
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist

DAY = timedelta(hours=24)
NAME_A_LEAD = "Name another lead first, or hand the lead over to a colleague."


def invite(
    session: Session,
    organisation: Organisation,
    *,
    email: str,
    role: str,
    by: Person,
    at: datetime,
    good_for: timedelta,
    most_a_day: int,
) -> Invitation:
    """Invite an address.  Nothing here depends on whether an account has it, apart from the
    colleagues whom the lead can see anyway.  Raises Refused."""
    insist(rules.may_lead_organisation(by, organisation))
    hold(session, organisation)
    if queries.has_member(session, organisation, email):
        raise Refused(["This address belongs to one of your colleagues here already."])
    standing = queries.open_invitation_to(session, organisation, email)
    if standing is not None and standing.expires_at > at:
        raise Refused(["This address has an invitation already. You can send that one again."])
    _within_limits(session, organisation, by, at, most_a_day)
    if standing is not None:
        _withdraw(session, standing, by, at)
    invitation = Invitation(
        organisation=organisation, email=email, role=role, invited_by=by,
        invited_at=at, sent_at=at, expires_at=at + good_for,
    )  # fmt: skip
    session.add(invitation)
    session.flush()
    record(session, invitation, "invite", by=by, at=at)
    _send(session, invitation, by, at)
    return invitation


def send_again(
    session: Session,
    invitation: Invitation,
    *,
    by: Person,
    at: datetime,
    good_for: timedelta,
    most_a_day: int,
) -> None:
    """The same link, good for as long again.  Once a day, so that nobody's mailbox is filled."""
    insist(rules.may_manage_invitation(by, invitation))
    _still_open(invitation)
    hold(session, invitation.organisation)
    if invitation.sent_at > at - DAY:
        raise Refused(
            ["This invitation was sent in the last 24 hours. You can send it again tomorrow."]
        )
    _within_limits(session, invitation.organisation, by, at, most_a_day)
    invitation.sent_at, invitation.expires_at = at, at + good_for
    record(session, invitation, "send again", by=by, at=at)
    _send(session, invitation, by, at)


def withdraw_invitation(
    session: Session, invitation: Invitation, *, by: Person, at: datetime
) -> None:
    insist(rules.may_manage_invitation(by, invitation))
    _still_open(invitation)
    _withdraw(session, invitation, by, at)


def accept_invitation(
    session: Session, invitation: Invitation, *, by: Person, at: datetime
) -> Membership:
    """Who belongs to the organisation already keeps the higher of the two roles."""
    insist(rules.may_accept_invitation(by, invitation))
    hold(session, invitation.organisation)
    if invitation.accepted_by_id == by.id:
        standing = queries.standing_membership(session, invitation.organisation, by)
        if standing is not None:  # the button pressed twice
            return standing
    if sentence := why_dead(invitation, at):
        raise Refused([sentence])
    invitation.accepted_at, invitation.accepted_by_id = at, by.id
    record(session, invitation, "accept", by=by, at=at)
    return begin_membership(session, invitation.organisation, by, invitation.role, by=by, at=at)


def change_role(
    session: Session, membership: Membership, role: str, *, by: Person, at: datetime
) -> None:
    insist(rules.may_change_colleague(by, membership))
    if membership.role == role:
        return
    if role != LEAD:
        _leave_a_lead(session, membership)
    set_role(session, membership, role, by=by, at=at)
    if by.id != membership.person_id:
        organisation = membership.organisation
        write_to(session, membership.person, "role_changed", organisation, at=at, role=role)


def end_membership(
    session: Session,
    membership: Membership,
    *,
    by: Person,
    at: datetime,
    knowing: bool = False,
    team: str | None = None,
) -> None:
    """It stays as history; the person no longer sees the organisation.

    The last lead leaves only ``knowing`` that they are: then the organisation is flagged, its
    others are asked to take over and the Charter team finds somebody.
    """
    insist(rules.may_end_membership(by, membership))
    if membership.ended_at is not None:  # the button pressed twice
        return
    organisation = membership.organisation
    if organisation.state != "closed" and not knowing:
        _leave_a_lead(session, membership)
    hold(session, organisation)
    membership.ended_at = at
    record(session, membership, "end", by=by, at=at)
    verb = "left" if by.id == membership.person_id else "taken off"
    tell(session, organisation, verb, by=by, at=at, person=membership.person_id)
    _write_of_the_end(session, membership, by=by, at=at)
    see_who_leads(session, organisation, by=by, at=at, team=team)


def _write_of_the_end(
    session: Session, membership: Membership, *, by: Person, at: datetime
) -> None:
    """To whoever was taken off; and to the leads, when somebody leaves."""
    organisation = membership.organisation
    if by.id != membership.person_id:
        write_to(session, membership.person, "taken_off", organisation, at=at)
        return
    session.flush()
    for lead in leads_of(session, organisation):
        write_to(session, lead, "colleague_left", organisation, at=at, who=by.name)


def is_last_lead(session: Session, membership: Membership) -> bool:
    """Whether nobody leads the organisation when this one goes."""
    standing = membership.organisation.state != "closed" and membership.role == LEAD
    return standing and not queries.other_leads(session, membership)


def why_dead(invitation: Invitation, at: datetime) -> str | None:
    """A sentence for an invitation that cannot be accepted any more."""
    if invitation.withdrawn_at is not None:
        return "This invitation was taken back."
    if invitation.accepted_at is not None:
        return "This invitation has been used."
    if invitation.organisation.state == "closed":
        return "This organisation is closed."
    return "This invitation has run out." if invitation.expires_at <= at else None


def _leave_a_lead(session: Session, membership: Membership) -> None:
    hold(session, membership.organisation)
    if is_last_lead(session, membership):
        raise Refused([NAME_A_LEAD])


def _within_limits(
    session: Session, organisation: Organisation, by: Person, at: datetime, most: int
) -> None:
    """Per organisation, and per person over all of theirs: registering more does not help."""
    sent = queries.sent_since(session, at - DAY, organisation=organisation)
    mine = queries.sent_since(session, at - DAY, person=by)
    if max(sent, mine) >= most:
        raise Refused([f"You can send {most} invitations in 24 hours. Send the next one tomorrow."])


def _still_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise Refused(["This invitation has been accepted already."])
    if invitation.withdrawn_at is not None:
        raise Refused(["This invitation was taken back already."])


def _withdraw(session: Session, invitation: Invitation, by: Person, at: datetime) -> None:
    invitation.withdrawn_at = at
    record(session, invitation, "withdraw", by=by, at=at)


def _send(session: Session, invitation: Invitation, by: Person, at: datetime) -> None:
    """To an address, not to a person: the mail must be the same whoever has it."""
    post(
        session,
        "accounts/invitation",
        to=invitation.email,
        at=at,
        reference=invitation.reference,
        inviter=by.name,
        organisation=invitation.organisation.name,
        role=invitation.role,
        days=(invitation.expires_at - at).days,
    )
