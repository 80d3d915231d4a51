"""Who may do what with a worker's pledge, and what must hold.  True, or a sentence why not."""

from hashlib import sha256
from typing import Any

from web.access import Verdict

BY_LINK = "link:worker's pledge"
"""Whoever holds a mailed link, and so the mailbox."""
VISITOR = "visitor:worker's pledge"
"""Whoever sent the form: anybody can type an address."""


def the_worker(person: Any, pledge: Any) -> Verdict:
    """By the mailed link, or signed in with the account that the pledge belongs to."""
    if person == BY_LINK or is_theirs(person, pledge):
        return True
    return "Only the person who made this pledge can do that."


def is_theirs(person: Any, pledge: Any) -> bool:
    """An account that has confirmed the pledge's address, or had once joined it."""
    if getattr(person, "confirmed_at", None) is None:
        return False
    if pledge.person_id is not None:
        return bool(pledge.person_id == person.id)
    return pledge.email in person.emails


def mark_of(email: str) -> str:
    """Names a mailbox without showing it: a link in its mails opens a pledge as long as the pledge
    has this address."""
    return sha256(email.encode()).hexdigest()[:20]


def text_is_agreed(pledge: Any) -> Verdict:
    """Nobody is held to a text that young people have not agreed."""
    return may_sign(pledge.charter_version)


def may_sign(version: Any, *, example: bool = False) -> Verdict:
    if example or not version.example_text:
        return True
    return (
        "The charter is still example text: no group of young people has agreed it. "
        "You can sign when they have."
    )
