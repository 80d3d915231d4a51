"""What the law needs of a scheme file before real people may use the portal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from web.scheme import Scheme

# Nobody can have these: example domains (RFC 2606) and the numbers Ofcom keeps for drama.
INVENTED_EMAIL = re.compile(r"@(.+\.)?example(\.(com|net|org))?$", re.IGNORECASE)
INVENTED_PHONE = re.compile(
    r"(\+44|0)(1(1[3-8]|[2-6]1)4960|1914980|2079460|2896496|2920180|1632960|7700900"
    r"|8081570|9098790|3069990)\d{3}"
)
INVENTED_ICO = "Z0000000"


def what_is_missing(scheme: Scheme) -> list[str]:
    """A sentence each, with the key to mend, in the order of the file."""
    found = [f"{key} is missing: {why}." for key, why, value in _needed(scheme) if value is None]
    for key, value in _invented(scheme):
        found.append(f'{key} is "{value}", which is invented: put the real one.')
    if scheme.example:
        start = "example = true: this file describes the example county. "
        end = "Put your own facts in, above all [controller], [data_protection], [safeguarding], "
        found.insert(0, f"{start}{end}[contacts] and [[help.numbers]], then take that line out.")
    return found


def _needed(scheme: Scheme) -> Iterator[tuple[str, str, object]]:
    controller, safeguarding = scheme.controller, scheme.safeguarding
    gdpr = "data protection law has people told who answers for their data, and how to reach them"
    yield "controller.name", gdpr, controller.name
    yield "controller.address", gdpr, controller.address
    yield "controller.email", gdpr, controller.email
    fee = "who holds personal data pays the ICO's fee"
    yield "controller.ico_registration", fee, controller.ico_registration
    asks = "requests and complaints about data need a person"
    yield "data_protection", asks, scheme.data_protection
    care = "what young people tell us must reach someone the same day"
    yield "safeguarding.lead", care, safeguarding.lead
    yield "safeguarding.deputy", care, safeguarding.deputy
    checked = next(
        (n for n in scheme.help.numbers if n.audience == "young" and n.last_checked), None
    )
    yield "help.numbers", "one number for young people at least must be checked", checked
    statement = "the accessibility statement must say when it was prepared"
    yield "accessibility.prepared", statement, scheme.accessibility.prepared
    tested = "the statement must say when the portal was tested"
    yield "accessibility.tested_on", tested, scheme.accessibility.tested_on


def _invented(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for name in ("controller", "data_protection", "safeguarding", "contacts", "help"):
        for key, value in _texts(getattr(scheme, name), name):
            number = re.sub(r"[ ()-]", "", value)
            if (
                INVENTED_EMAIL.search(value)
                or INVENTED_PHONE.fullmatch(number)
                or value == INVENTED_ICO
            ):
                yield key, value


def _texts(value: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), f"{key}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _texts(item, f"{key}[{number}]")
