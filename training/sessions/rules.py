"""Who may do what with a training session and a booking, and what must hold."""

from datetime import timedelta
from typing import Any

from accounts.rules import CLOSED, LEAD, is_officer, role_in
from training.rules import is_own, leads_them
from web import clock
from web.access import Verdict

PORTAL = "system:training sessions"
"""Gives places from the waiting list, and calls off what nobody is left to give."""
BY_HAND_FROM = timedelta(days=1)
"""So long before it begins nobody is given a place any more who may not read of it in time."""
DOORS, AFTERWARDS = timedelta(minutes=30), timedelta(hours=2)
"""How long before and after a session its code works."""


def organisations_led(person: Any) -> list[Any]:
    """For which somebody may offer a session."""
    standing = (m for m in person.memberships if m.ended_at is None and m.role == LEAD)
    return [m.organisation for m in standing if m.organisation.state != "closed"]


def may_offer(person: Any, *_: object) -> Verdict:
    if is_officer(person) is True or organisations_led(person):
        return True
    return "Only the Charter team, or a lead of an organisation, can offer a training session."


def leads_some(person: Any, *_: object) -> Verdict:
    if organisations_led(person):
        return True
    return "Only a lead of an organisation can book for others."


def is_not_of_the_team(person: Any, *_: object) -> Verdict:
    """For the navigation: the Charter team has an entry of its own."""
    if not person.is_authenticated:
        return "Sign in first."
    return "The Charter team has a page of its own." if is_officer(person) is True else True


def may_know(person: Any, session: Any) -> bool:
    """Whether it is shown to them in the list."""
    if session.open_to_all or may_run(person, session) is True:
        return True
    return role_in(person, session.organisation) is not None


def may_run(person: Any, session: Any) -> Verdict:
    """Who gives it: the Charter team, or a lead of the organisation."""
    if is_officer(person) is True:
        return True
    if session.organisation is None or role_in(person, session.organisation) != LEAD:
        return "Only who offers this session can do that."
    return CLOSED if session.organisation.state == "closed" else True


def may_book_for(person: Any, practitioner: Any) -> Verdict:
    """For oneself; a lead for those who work with the organisation."""
    if is_own(person, practitioner) or leads_them(person, practitioner):
        return True
    return "You can book for yourself and for your team."


def may_cancel(person: Any, booking: Any) -> Verdict:
    if may_run(person, booking.training_session) is True:
        return True
    return may_book_for(person, booking.practitioner)


def may_call_off(person: Any, session: Any) -> Verdict:
    return True if person == PORTAL else may_run(person, session)


def may_mark(person: Any, booking: Any) -> Verdict:
    return may_run(person, booking.training_session)


def the_portal(person: Any, *_: object) -> Verdict:
    return True if person == PORTAL else "The portal does this by itself."


def may_give_place(person: Any, booking: Any) -> Verdict:
    return True if person == PORTAL else may_mark(person, booking)


def may_confirm(person: Any, booking: Any) -> Verdict:
    if is_own(person, booking.practitioner):
        return True
    return "Everybody says for themselves that they are there."


def gave_it(person: Any, record: Any) -> Verdict:
    """They saw it done: asked of who ran the session, whose rule was asked before."""
    if is_own(person, record.practitioner):
        return "Nobody checks their own training."
    return True


# What must hold


def is_given(session: Any) -> Verdict:
    """By somebody who is there to give it."""
    organisation = session.organisation
    if organisation is not None and organisation.state == "closed":
        return "The organisation that offers this session is closed."
    return True


def begun(session: Any) -> bool:
    return bool(session.starts_at <= clock.now())


def has_begun(session: Any) -> Verdict:
    return True if begun(session) else "It has not begun yet. Do this when it has."


def lies_ahead(session: Any) -> Verdict:
    return "This session has begun already." if begun(session) else True


def booking_begun(booking: Any) -> Verdict:
    return has_begun(booking.training_session)


def booking_lies_ahead(booking: Any) -> Verdict:
    return lies_ahead(booking.training_session)


def doors_open(booking: Any) -> Verdict:
    session, now = booking.training_session, clock.now()
    if session.starts_at - DOORS <= now <= session.ends_at + AFTERWARDS:
        return True
    return "The code works from half an hour before the session until two hours after it."
