"""Who may do what with a charter session, and what must hold."""

from typing import Any

from accounts import rules as accounts_rules
from charter.rules import belongs_to, is_officer
from charter.sessions.states import OPEN_STATES
from web import clock
from web.access import Verdict

CLOSED = "This organisation is closed."


def may_ask(person: Any, booking: Any) -> Verdict:
    """Whoever writes the organisation's pledge."""
    return accounts_rules.may_edit_organisation(person, booking.organisation)


def may_arrange(person: Any, booking: Any) -> Verdict:
    """An officer who does not belong to the organisation."""
    if is_officer(person) is not True:
        return "Only the Charter team can do this."
    if belongs_to(person, booking.organisation):
        return "You belong to this organisation, so somebody else on the Charter team does this."
    return CLOSED if booking.organisation.state == "closed" else True


def may_call_off(person: Any, booking: Any) -> Verdict:
    """Either side."""
    return True if may_arrange(person, booking) is True else may_ask(person, booking)


def may_ask_beside(bookings: list[Any]) -> Verdict:
    """Whether the organisation may ask anew beside what it asked for earlier."""
    if any(booking.state in OPEN_STATES for booking in bookings):
        return "Your organisation has asked already."
    return True


def lies_ahead(booking: Any) -> Verdict:
    if booking.starts_at is not None and booking.starts_at > clock.now():
        return True
    return "This date has passed. Ask for another one."


def has_begun(booking: Any) -> Verdict:
    if booking.starts_at is not None and booking.starts_at <= clock.now():
        return True
    return "It has not begun yet. Write this down when it is over."
