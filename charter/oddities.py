"""What is worth a look in a pledge: for whoever checks it, never a reason to refuse by itself.

Plain Python over loaded things: no queries.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from accounts.forms import written
from charter import parts
from charter.states import WORDS
from web.folding import fold

SHORT_WORDS = 8
"""An action of fewer words rarely says who does what, and when."""
OPEN_MAIL = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "yahoo.com"}
    | {"yahoo.co.uk", "icloud.com", "live.co.uk", "btinternet.com", "aol.com", "proton.me"}
)
"""Mailboxes that anybody can have: for a small club quite usual, so no flag of their own."""
SHARED_SITES = ("facebook.com", "fb.com", "instagram.com", "linktr.ee", "google.com", "wixsite.com")
"""Where a small club keeps a page: nobody's mailbox is there."""


@dataclass(frozen=True)
class Oddity:
    part: str
    """Beside which part of the pledge it stands."""
    sentence: str


def oddities(
    pledge: Any, *, lookalikes: Sequence[Any] = (), earlier: Sequence[Any] = ()
) -> list[Oddity]:
    """All that is.  ``lookalikes`` are organisations with the same name or number, ``earlier``
    the organisation's other pledges."""
    organisation = pledge.organisation
    return [
        *_lookalikes(lookalikes),
        *_numbers(organisation),
        *_reach(organisation, pledge),
        *_signatory(organisation, pledge),
        *_earlier(earlier),
        *_actions(pledge),
    ]


def _lookalikes(others: Sequence[Any]) -> Iterator[Oddity]:
    for other in others:
        yield Oddity(
            parts.DETAILS,
            _("Another organisation has this name or number: %(name)s.", name=other.name),
        )


def _numbers(organisation: Any) -> Iterator[Oddity]:
    charity, company = organisation.charity_number, organisation.company_number
    if not _is_written(written.charity_number, charity):
        yield Oddity(
            parts.DETAILS, _("The charity number does not look like one: %(n)s.", n=charity)
        )
    if not _is_written(written.company_number, company):
        yield Oddity(
            parts.DETAILS, _("The company number does not look like one: %(n)s.", n=company)
        )


def _is_written(kind: Callable[[str], str], number: str | None) -> bool:
    """As the form asks for it.  What came in another way may be anything."""
    try:
        kind(number or "")
    except written.Miswritten:
        return False
    return True


def _reach(organisation: Any, pledge: Any) -> Iterator[Oddity]:
    if not (
        organisation.public_email
        or organisation.public_phone
        or organisation.website
        or any(place.published for project in pledge.projects for place in project.places)
    ):
        yield Oddity(parts.DETAILS, _("Nothing is published for young people to reach it."))
    site = _domain_of_site(organisation.website)
    contact = pledge.contact_email.rpartition("@")[2].lower()
    known = not contact or contact in OPEN_MAIL or _same_house(contact, site)
    shared = any(_same_house(site, house) for house in SHARED_SITES)
    if site and not known and not shared:
        yield Oddity(
            parts.DETAILS,
            _(
                "The contact's address is at %(one)s, the website at %(two)s.",
                one=contact,
                two=site,
            ),
        )


def _domain_of_site(website: str | None) -> str:
    if not website:
        return ""
    return (urlsplit(website if "//" in website else f"//{website}").hostname or "").removeprefix(
        "www."
    )


def _same_house(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _signatory(organisation: Any, pledge: Any) -> Iterator[Oddity]:
    """Where volunteers run it, one person does most things."""
    same = fold(pledge.signatory_name) == fold(pledge.contact_name)
    if pledge.signatory_name and same and not organisation.volunteer_run:
        yield Oddity(parts.SIGNATORY, _("The same person signs and is the contact."))


def _earlier(earlier: Sequence[Any]) -> Iterator[Oddity]:
    for pledge in earlier:
        yield Oddity(
            parts.DETAILS,
            _(
                "This organisation has an earlier pledge, %(reference)s: %(state)s.",
                reference=pledge.reference,
                state=WORDS[pledge.state].name,
            ),
        )


_folded = lru_cache(maxsize=500)(fold)
"""Of the charter's own examples, which every pledge is held against."""


def _actions(pledge: Any) -> Iterator[Oddity]:
    examples = {
        _folded(example): commitment.title
        for commitment in pledge.charter_version.commitments
        for example in (*commitment.examples, commitment.weak_action)
    }
    first: dict[str, Any] = {}
    for action in pledge.actions:
        part, text = parts.commitment_key(action.commitment.number), fold(action.text)
        if text in examples:
            yield Oddity(part, _("This is one of our examples, word for word."))
        if len(action.text.split()) < SHORT_WORDS:
            yield Oddity(part, _("This is very short."))
        if text in first:
            title = first[text].commitment.title
            yield Oddity(part, _("The same text stands under “%(title)s”.", title=title))
        first.setdefault(text, action)
