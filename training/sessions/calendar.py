"""A booking as a calendar file."""

from icalendar import Calendar, Event

from training.models import TrainingBooking
from training.sessions.states import TAKES_A_PLACE

MAKER = "-//Youth Charter portal//training//EN"


def of_booking(booking: TrainingBooking, address: str) -> bytes:
    """``address``: of the session's page."""
    book = Calendar()
    book.add("prodid", MAKER)
    book.add("version", "2.0")
    book.add_component(_event(booking, address))
    return bytes(book.to_ical())


def _event(booking: TrainingBooking, address: str) -> Event:
    given = booking.training_session
    event = Event()
    event.add("uid", f"{booking.reference}@{address.split('/')[2]}")
    event.add("dtstamp", booking.asked_at)
    event.add("dtstart", given.starts_at)
    event.add("dtend", given.ends_at)
    event.add("summary", given.title)
    has_place = booking.state in TAKES_A_PLACE
    event.add("status", "CONFIRMED" if has_place else "TENTATIVE")
    if given.place:
        event.add("location", given.place)
    link = f"{given.link}\n" if given.link and has_place else ""
    event.add("description", f"{link}{address}")
    event.add("url", address)
    return event
