"""Adding a second address, making it the main one, removing it.  Callers commit."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from accounts.actions import people
from accounts.actions.people import tell_all
from accounts.addresses import queries, rules
from accounts.addresses.workflow import CHANGES
from accounts.models import AddressChange, Person
from accounts.models.addresses import ADD, MAIN, WAITING
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist, perform

OLD, NEW = "old", "new"
SIDES = (OLD, NEW)


def ask_to_add(
    session: Session, person: Person, email: str, *, shared: bool, at: datetime, good_for: timedelta
) -> AddressChange:
    """The main address is told and can stop it; the new one is asked.

    Nothing here but the mail itself depends on whether somebody else has the address.
    """
    queries.hold_person(session, person.id)
    insist(rules.may_add(person))
    insist(rules.may_have(person, shared=shared))
    if email in person.emails:
        raise Refused(["You sign in with this address already."])
    change = _ask(session, person, ADD, email, at, good_for)
    kind = "address_taken" if queries.is_taken(session, email) else "address_confirm"
    _post(session, change, kind, email, NEW, at)
    _post(session, change, "address_asked", person.email, OLD, at)
    return change


def ask_to_make_main(
    session: Session, person: Person, *, at: datetime, good_for: timedelta
) -> AddressChange:
    """Both mailboxes are asked; it changes when both have said yes."""
    queries.hold_person(session, person.id)
    insist(rules.has_second(person))
    change = _ask(session, person, MAIN, str(person.second_email), at, good_for)
    _post(session, change, "main_asked_new", change.email, NEW, at)
    _post(session, change, "main_asked_old", person.email, OLD, at)
    return change


def take_back(session: Session, person: Person, *, at: datetime) -> None:
    """The person does not want it any more."""
    queries.hold_person(session, person.id)
    waiting = queries.waiting_change(session, person)
    if waiting is not None:
        perform(CHANGES, "take back", waiting, by=person, at=at)
        record(session, waiting, "take back", by=person, at=at)
        session.flush()


def remove_second(session: Session, person: Person, *, at: datetime) -> None:
    """Ends every session, and with them what was mailed to it; the caller signs in again."""
    queries.hold_person(session, person.id)
    insist(rules.has_second(person))
    take_back(session, person, at=at)
    tell_all(session, person, "address_removed", at=at, email=person.second_email)
    person.second_email = None
    people.end_sessions(session, person)
    record(session, person, "remove second address", by=person, at=at)


def say_yes(session: Session, change: AddressChange, side: str, *, at: datetime) -> bool:
    """One mailbox agrees.  Returns whether that made the change."""
    if change.state == "done":  # the button pressed twice
        return True
    if sentence := why_dead(change, at):
        raise Refused([sentence])
    if getattr(change, f"{side}_said_yes_at") is None:
        setattr(change, f"{side}_said_yes_at", at)
        record(session, change, f"{side} address says yes", by=rules.HOLDER, at=at)
    if rules.all_said_yes(change) is not True:
        return False
    _still_so(session, change)
    perform(CHANGES, "finish", change, by=rules.HOLDER, at=at)
    record(session, change, "finish", by=rules.HOLDER, at=at)
    _make(session, change, at)
    return True


def stop(session: Session, change: AddressChange, side: str, *, at: datetime) -> None:
    """ "No, that was not me": nothing changes, and whoever asked is signed out everywhere.

    A stranger whose address was typed by mistake ends the change and nothing else.
    """
    if change.state == "stopped":
        return
    if sentence := why_dead(change, at, undo=side == OLD):
        raise Refused([sentence])
    person = change.person
    undo = change.state == "done"
    perform(CHANGES, "stop", change, by=rules.HOLDER, at=at)
    record(session, change, "stop", by=rules.HOLDER, at=at)
    if undo:
        person.second_email = None
    if (side, change.sort) == (NEW, ADD):
        return
    people.end_sessions(session, person)
    record(session, person, "sign out everywhere", by=rules.HOLDER, at=at)
    tell_all(session, person, "address_stopped", at=at, email=change.email)


def mark_shared(session: Session, person: Person, *, at: datetime) -> None:
    """Several people read this mailbox: from now on it is an account of the organisation's."""
    queries.hold_person(session, person.id)
    insist(rules.may_be_shared(person))
    take_back(session, person, at=at)
    person.shared = True
    record(session, person, "mark as shared", by=person, at=at)


def mark_mine_alone(session: Session, person: Person, *, password: str, at: datetime) -> None:
    """Whoever knew the password is out, and the other leads hear of it."""
    queries.hold_person(session, person.id)
    insist(rules.is_shared(person))
    take_back(session, person, at=at)
    person.shared = False
    record(session, person, "mark as theirs alone", by=person, at=at)
    people.change_password(session, person, password=password, at=at)
    for lead in queries.leads_beside(session, person):
        people.post_to(session, lead, "not_shared_any_more", at=at, who=person.email)


def expire_changes(session: Session, at: datetime) -> int:
    """What nobody answered in time."""
    late = queries.run_out(session, at)
    for change in late:
        perform(CHANGES, "expire", change, by=rules.CLOCK, at=at)
        record(session, change, "expire", by=rules.CLOCK, at=at)
    return len(late)


def why_dead(change: AddressChange, at: datetime, *, undo: bool = False) -> str | None:
    """A sentence for a change that cannot be answered any more."""
    if change.state == "stopped":
        return "This was stopped. Nothing was changed."
    if change.state in ("expired", "taken back") or change.expires_at <= at:
        return "This link has run out. To try again, ask for it again on your account's page."
    return None if change.state == WAITING or undo else "This is done already."


def _ask(
    session: Session, person: Person, sort: str, email: str, at: datetime, good_for: timedelta
) -> AddressChange:
    take_back(session, person, at=at)  # the newest counts
    change = AddressChange(
        person=person, sort=sort, old_email=person.email, email=email,
        asked_at=at, expires_at=at + good_for,
    )  # fmt: skip
    session.add(change)
    session.flush()
    record(session, change, "ask", by=person, at=at)
    return change


def _still_so(session: Session, change: AddressChange) -> None:
    """Between asking and answering a person's addresses can change in other ways."""
    person = change.person
    if change.sort == ADD:
        insist(rules.may_add(person))
        if queries.is_taken(session, change.email):
            raise Refused([rules.TAKEN])
    elif (person.email, person.second_email) != (change.old_email, change.email):
        raise Refused(["Your addresses have changed since this was asked for. Ask again."])


def _make(session: Session, change: AddressChange, at: datetime) -> None:
    person = change.person
    if change.sort == ADD:
        person.second_email = change.email
    else:
        person.email, person.second_email = change.email, change.old_email
    record(session, person, f"{change.sort} address", by=person, at=at)
    kind = "address_added" if change.sort == ADD else "main_changed"
    tell_all(session, person, kind, at=at, email=change.email)


def _post(
    session: Session, change: AddressChange, kind: str, to: str, side: str, at: datetime
) -> None:
    facts = {"reference": change.reference, "side": side, "email": change.email}
    days = (change.expires_at - change.asked_at).days
    # A mail to an address that is not theirs yet stands under nobody's messages.
    theirs = change.person_id if to in change.person.emails else None
    post(session, f"accounts/{kind}", to=to, at=at, person_id=theirs, days=days, **facts)
