"""What accounts holds of a person, for "Your data" (web.my_data)."""

from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.addresses import keeping as addresses
from accounts.models import Person
from accounts.queries import my_data as queries
from accounts.trail import did, thing
from accounts.words import APPOINTED, REQUEST_STATES, REQUESTS, ROLES
from web.audit.chain import name_of
from web.contributions import DataSection

Rows = list[dict[str, Any]]


def sections(session: Session, person: Any) -> Iterable[DataSection]:
    yield _account(person)
    yield _memberships(session, person)
    yield _appointments(session, person)
    yield _invitations(session, person)
    yield _organisations(session, person)
    yield _requests(session, person)
    yield from addresses.sections(session, person)
    yield _trail(session, person)


def _kept() -> Any:
    return current_app.extensions["scheme"].retention


def _account(person: Person) -> DataSection:
    row = {
        _("Name"): person.name,
        _("Email address"): person.email if person.has_mailbox else None,
        _("Second address"): person.second_email,
        _("Several people read this mailbox"): person.shared,
        _("Password"): _("kept so that nobody can read it") if person.password else _("none"),
        _("Made"): person.created_at,
        _("Address confirmed"): person.confirmed_at,
        _("Last signed in"): person.last_used_at,
        _("We offered you this file because nobody used the account"): person.download_offered_at,
    }
    return DataSection(
        "account",
        _("Your account"),
        _(
            "So that you can sign in and we can write to you. Your colleagues see your name, their "
            "leads your address too. We delete it %(months)s months after you last signed in.",
            months=_kept().accounts_months,
        ),
        [row],
        "accounts.account",
    )


def _memberships(session: Session, person: Any) -> DataSection:
    rows: Rows = [
        {
            _("Organisation"): m.organisation.name,
            _("You are"): ROLES[m.role].label,
            _("Since"): m.began_at,
            _("Until"): m.ended_at,
        }
        for m in queries.memberships(session, person)
    ]
    return DataSection(
        "memberships",
        _("Your organisations"),
        _(
            "So that you see and do what belongs to you. Your colleagues there and the Charter "
            "team see it. It is kept as the organisation’s history; without your name once your "
            "account is deleted."
        ),
        rows,
    )


def _appointments(session: Session, person: Any) -> DataSection:
    rows: Rows = [
        {
            _("Role"): APPOINTED[a.role],
            _("Given to"): _("you") if a.person_id == person.id else _("somebody else, by you"),
            _("Since"): a.appointed_at,
            _("Until"): a.ended_at,
        }
        for a in queries.appointments(session, person)
    ]
    return DataSection(
        "appointments",
        _("Roles in the programme"),
        _(
            "So that it is known who decided as what. The Charter team sees it. It is kept as "
            "history; without your name once your account is deleted."
        ),
        rows,
    )


def _invitations(session: Session, person: Any) -> DataSection:
    rows: Rows = [
        {
            _("Organisation"): i.organisation.name,
            _("Invited"): i.email if i.invited_by_id == person.id else _("you"),
            _("By"): _("you") if i.invited_by_id == person.id else i.invited_by.name,
            _("As"): ROLES[i.role].label,
            _("First sent"): i.invited_at,
            _("Last sent"): i.sent_at,
            _("Accepted"): i.accepted_at,
            _("Taken back"): i.withdrawn_at,
            _("Good until"): i.expires_at,
        }
        for i in queries.invitations(session, person)
    ]
    return DataSection(
        "invitations",
        _("Invitations you got and sent"),
        _(
            "So that people can join an organisation. Its leads see it. We delete an invitation "
            "%(months)s months after it ended.",
            months=_kept().invitations_months,
        ),
        rows,
    )


def _organisations(session: Session, person: Any) -> DataSection:
    rows: Rows = []
    for o in queries.organisations(session, person):
        row: dict[str, Any] = {_("Organisation"): o.name}
        if o.created_by_id == person.id:
            row[_("You registered it")] = o.created_at
        if o.checked_by_id == person.id:
            row[_("You checked it")] = o.checked_at
        if o.closed_by_id == person.id:
            row[_("You closed it")] = o.closed_at
        rows.append(row)
    return DataSection(
        "organisations",
        _("Organisations you registered, checked or closed"),
        _(
            "So that it is known who did it. The Charter team sees it. It is kept as the "
            "organisation’s history; without your name once your account is deleted."
        ),
        rows,
    )


def _requests(session: Session, person: Any) -> DataSection:
    rows: Rows = [
        {
            _("Number"): r.reference,
            _("Sent"): r.received_at,
            _("What"): REQUESTS[r.kind].label,
            _("Name"): r.name,
            _("Email address"): r.email,
            _("In your words"): r.words,
            _("It is"): REQUEST_STATES[r.state].label,
            _("Closed"): r.closed_at,
        }
        for r in queries.requests(session, person)
    ]
    rows += [
        {_("Number"): e.request.reference, _("You did"): e.verb, _("When"): e.at}
        for e in queries.request_steps(session, person)
    ]
    return DataSection(
        "data requests",
        _("What you asked about your data"),
        _(
            "So that we can answer and show how we did. Only the data protection lead sees it. "
            "We delete it %(months)s months after it was closed.",
            months=_kept().data_requests_months,
        ),
        rows,
    )


def _trail(session: Session, person: Any) -> DataSection:
    """The chain's entries by the person, and those about their account by others; newest first."""
    about, own = name_of(person), f"person:{person.id}"
    rows: Rows = [
        {
            _("When"): e.at,
            _("What"): did(e.verb, by_them=e.actor == own),
            _("Of what"): _("your account") if e.subject == about else thing(e.subject),
        }
        for e in session.scalars(queries.trail(own, about))
    ]
    return DataSection(
        "trail",
        _("The record of what you did here"),
        _(
            "So that nobody can cheat, and a slip can be put right. Who runs the portal sees it. "
            "What was changed is kept for %(years)s years; that something was done, by whom and "
            "when, stays, without your name once your account is deleted. The newest comes first.",
            years=_kept().audit_years,
        ),
        rows,
        table=True,
    )
