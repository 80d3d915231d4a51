"""Mending a mailbox that its person cannot open any more.  Callers commit.

An officer checks who asks; then everybody who could object has the notice's hours to stop it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.actions import people
from accounts.addresses import actions, queries
from accounts.addresses import mailbox_queries as requests
from accounts.addresses import mailbox_rules as rules
from accounts.addresses.mailbox_moves import MAILBOXES
from accounts.addresses.rules import CLOCK, HOLDER
from accounts.models import MailboxRequest, Person
from accounts.queries.people import person_by_email
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist, perform

OLD, NEW, LEAD = "old", "new", "lead"
SIDES = (OLD, NEW, LEAD)
WHO_STOPPED = {
    OLD: "Stopped from one of the person's own addresses.",
    NEW: "Stopped from the new address: they did not know of it.",
    LEAD: "Stopped by a lead of their organisation.",
}
TAKEN = "The new address opens another account. They can sign in with that one."


@dataclass(frozen=True)
class Asked:
    name: str
    organisation: str
    old_email: str
    new_email: str
    reach: str


def ask(session: Session, asked: Asked, *, at: datetime) -> MailboxRequest:
    """Anybody's word; it says nothing about who has an account, and nothing is mailed."""
    same = requests.same_again(session, asked.old_email, asked.new_email)
    if same is not None:
        return same
    request = MailboxRequest(**vars(asked), asked_at=at)
    session.add(request)
    session.flush()
    record(session, request, "ask", by="system:the public form", at=at)
    return request


def start(
    session: Session,
    request: MailboxRequest,
    *,
    how: str,
    by: Person,
    at: datetime,
    notice: timedelta,
    good_for: timedelta,
) -> None:
    """An officer knows who asks.  The notice goes out at once.  Raises Refused."""
    insist(rules.may_work(by, request))
    person = person_by_email(session, request.old_email, lock=True)
    session.refresh(request, with_for_update=True)
    if request.state == "asked":
        insist(rules.may_be_mended(person, request))
    if person is None or queries.is_taken(session, request.new_email):
        raise Refused([TAKEN])
    if request.state == "asked" and requests.is_waiting_for(session, person):
        raise Refused(["Another change for this account is under way. Wait until it has ended."])
    with session.no_autoflush:
        perform(MAILBOXES, "start", request, by=by, at=at, note=how)
        request.person = person
        request.checked_by_colleague = rules.are_colleagues(by, person)
        request.due_at, request.expires_at = at + notice, at + notice + good_for
    record(session, request, "start", by=by, at=at)
    _give_notice(session, request, person, at, notice)


def refuse(
    session: Session, request: MailboxRequest, *, note: str, by: Person, at: datetime
) -> None:
    requests.hold(session, request)
    perform(MAILBOXES, "refuse", request, by=by, at=at, note=note)
    record(session, request, "refuse", by=by, at=at)


def say_yes(session: Session, request: MailboxRequest, *, at: datetime) -> None:
    """Whoever reads the new mailbox pressed its button."""
    if sentence := why_dead(request):
        raise Refused([sentence])
    if request.new_said_yes_at is None:
        request.new_said_yes_at = at
        record(session, request, "new address says yes", by=HOLDER, at=at)


def stop(session: Session, request: MailboxRequest, side: str, *, at: datetime) -> None:
    """ "This is not right", from a mailbox that had the notice."""
    if request.state == "stopped":
        return
    if sentence := why_dead(request):
        raise Refused([sentence])
    _stop(session, request, HOLDER, WHO_STOPPED[side], at)


def stop_by_officer(
    session: Session, request: MailboxRequest, *, note: str, by: Person, at: datetime
) -> None:
    requests.hold(session, request)
    _stop(session, request, by, note, at)


def mend_due(session: Session, at: datetime) -> tuple[int, int]:
    """What the clock does: make the changes nobody stopped.  Returns how many, and how many not."""
    made = not_made = 0
    for request in requests.due(session, at):
        requests.hold(session, request)
        if request.state != "waiting":
            continue
        if _end(session, request, at):
            made += 1
        else:
            not_made += 1
    return made, not_made


def why_dead(request: MailboxRequest) -> str | None:
    """A sentence for a request whose links do nothing any more."""
    return {
        "stopped": "This was stopped. Nothing was changed.",
        "done": "The address has been changed.",
    }.get(request.state) or (
        None if request.state == "waiting" else "This has ended. Nothing was changed."
    )


def _give_notice(
    session: Session, request: MailboxRequest, person: Person, at: datetime, notice: timedelta
) -> None:
    hours = round(notice.total_seconds() / 3600)
    facts: dict[str, Any] = {
        "reference": request.reference, "who": person.name, "hours": hours,
        "new": request.new_email, "old": request.old_email,
    }  # fmt: skip
    for email in person.emails:
        post(session, "accounts/mailbox_notice", to=email, at=at, person_id=person.id,
             side=OLD, **facts)  # fmt: skip
    for lead in queries.leads_beside(session, person):
        post(session, "accounts/mailbox_notice_lead", to=lead.email, at=at, person_id=lead.id,
             side=LEAD, **facts)  # fmt: skip
    post(session, "accounts/mailbox_confirm", to=request.new_email, at=at, side=NEW, **facts)


def _stop(
    session: Session, request: MailboxRequest, by: Person | str, note: str, at: datetime
) -> None:
    perform(MAILBOXES, "stop", request, by=by, at=at, note=note)
    record(session, request, "stop", by=by, at=at)
    if request.person is not None:
        people.tell_all(session, request.person, "mailbox_stopped", at=at)
    _tell_the_officer(session, request, at)


def _end(session: Session, request: MailboxRequest, at: datetime) -> bool:
    person, why_not = request.person, _why_not_any_more(session, request)
    if request.new_said_yes_at is None:
        perform(MAILBOXES, "expire", request, by=CLOCK, at=at)
    elif why_not:
        perform(MAILBOXES, "give up", request, by=CLOCK, at=at, note=why_not)
    else:
        perform(MAILBOXES, "finish", request, by=CLOCK, at=at)
    record(session, request, request.state, by=CLOCK, at=at)
    if request.state != "done" or person is None:
        _tell_the_officer(session, request, at)
        return False
    _change(session, person, request, at)
    return True


def _why_not_any_more(session: Session, request: MailboxRequest) -> str:
    """Between the notice and its end a person's addresses and roles can change."""
    verdict = rules.may_be_mended(request.person, request)
    if verdict is not True:
        return verdict
    return TAKEN if queries.is_taken(session, request.new_email) else ""


def _change(session: Session, person: Person, request: MailboxRequest, at: datetime) -> None:
    actions.take_back(session, person, at=at)
    told = person.emails
    if person.email == request.old_email:
        person.email = request.new_email
    else:
        person.second_email = request.new_email
    people.end_sessions(session, person)
    record(session, person, "mend mailbox", by=CLOCK, at=at)
    for email in dict.fromkeys([*told, *person.emails]):
        people.post_to(session, person, "mailbox_mended", at=at, to=email, new=request.new_email)


def _tell_the_officer(session: Session, request: MailboxRequest, at: datetime) -> None:
    officer = request.checked_by
    if officer is not None and officer.has_role("officer"):
        post(session, "accounts/mailbox_ended", to=officer.email, at=at, person_id=officer.id,
             reference=request.reference)  # fmt: skip
