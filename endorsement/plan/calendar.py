"""The plan's days as a calendar file."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from accounts.models import Organisation
from endorsement.framework import Framework
from endorsement.models import ImprovementAction

MAKER = "-//Youth Charter portal//plan//EN"


def of_plan(
    actions: Iterable[ImprovementAction],
    organisation: Organisation,
    framework: Framework | None,
    address: Callable[..., str],
) -> bytes:
    """Each open action that has a day, as a whole day.  ``address`` gives the page of one."""
    book = Calendar()
    book.add("prodid", MAKER)
    book.add("version", "2.0")
    book.add("x-wr-calname", organisation.name)
    for action in actions:
        if action.open and action.by_on is not None:
            book.add_component(_event(action, framework, address(action, external=True)))
    return bytes(book.to_ical())


def _event(action: ImprovementAction, framework: Framework | None, address: str) -> Event:
    standard = framework.by_key.get(action.standard) if framework else None
    event = Event()
    event.add("uid", f"{action.reference}@{address.split('/')[2]}")
    event.add("dtstamp", action.written_at)
    event.add("dtstart", action.by_on)
    event.add("dtend", (action.by_on or action.written_at.date()) + timedelta(days=1))
    event.add("summary", action.what)
    who = f"{action.who}\n" if action.who else ""
    event.add("description", f"{who}{standard.name if standard else action.standard}\n{address}")
    event.add("url", address)
    return event
