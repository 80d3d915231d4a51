"""Who may do what with addresses.  True, or a sentence that says why not."""

from typing import Any
from urllib.parse import urlsplit

from web.access import Verdict

CLOCK = "system:clock"
HOLDER = "system:a link in a mail"
PORTAL = "system:portal"
"""Whoever can read the mailbox: they need no account to answer."""

TAKEN = "This address opens another account already."
SHARED_NEEDS_ONE = (
    "This account's mailbox is shared, so it belongs to one organisation only. "
    "Each of you can have an account of your own: ask to be invited with your own address."
)
SHARED_NO_ROLE = (
    "The mailbox of this account is shared by a club, so it cannot hold a role in the programme. "
    "They need an account of their own first."
)
DIFFERENT_MAILBOXES = (
    "Your account's mailbox is shared by your club, so this one must be your club's too. "
    "For an address of your own, make an account of your own."
)
NOT_FOR_SHARED = (
    "A shared mailbox cannot open your own account: everybody who reads it could be you. "
    "Enter an address that only you read."
)


def standing(person: Any) -> list[Any]:
    """The memberships that have not ended."""
    return [m for m in getattr(person, "memberships", ()) if m.ended_at is None]


def has_any_role(person: Any) -> bool:
    """In the programme: the Charter team, data protection, and those to come."""
    return any(a.ended_at is None for a in person.appointments)


# Two addresses


def may_add(person: Any, *_: object) -> Verdict:
    if person.confirmed_at is None:
        return "Confirm your email address first."
    if person.second_email is not None:
        return "You have two addresses. Remove the second one first."
    return True


def may_have(person: Any, *, shared: bool) -> Verdict:
    """The answer to "yours alone, or shared?" must fit the account's."""
    if person.shared == shared:
        return True
    return DIFFERENT_MAILBOXES if person.shared else NOT_FOR_SHARED


def has_second(person: Any, *_: object) -> Verdict:
    return True if person.second_email is not None else "You have one address only."


def own(person: Any, change: Any) -> Verdict:
    return True if change.person_id == getattr(person, "id", None) else "This is not yours."


def may_answer_as(person: Any, change: Any, side: str) -> Verdict:
    """A second address is confirmed signed in: else a stranger whose address somebody typed
    could open that account by pressing a button."""
    if change.sort == "main" or side == "old" or own(person, change) is True:
        return True
    return "Sign in to the account that this address is for, then open the link in the email again."


# A shared mailbox


def may_be_shared(person: Any, *_: object) -> Verdict:
    if person.shared:
        return "It is marked as shared already."
    if has_any_role(person):
        return "You have a role in the programme, so your mailbox must be yours alone."
    if person.second_email is not None:
        return "You have a second address. Remove it first: a shared account opens for all of you."
    if len(standing(person)) > 1:
        return "You belong to several organisations. A shared mailbox belongs to one only."
    return True


def is_shared(person: Any, *_: object) -> Verdict:
    return True if person.shared else "It is yours alone already."


def may_belong(person: Any, organisation: Any = None) -> Verdict:
    """Whether they may become part of one more organisation (None: of a new one)."""
    others = [m for m in standing(person) if organisation is None or not _is(m, organisation)]
    return SHARED_NEEDS_ONE if person.shared and others else True


def _is(membership: Any, organisation: Any) -> bool:
    return bool(membership.organisation_id == organisation.id)


def may_hold_a_role(person: Any, *_: object) -> Verdict:
    return SHARED_NO_ROLE if person.shared else True


# Whose domain it is

EVERYBODYS = frozenset(
    (
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com",
        "live.co.uk", "msn.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "icloud.com", "me.com",
        "mac.com", "aol.com", "btinternet.com", "sky.com", "virginmedia.com", "talktalk.net",
        "ntlworld.com", "proton.me", "protonmail.com", "gmx.com", "gmx.co.uk", "mail.com",
    )
)  # fmt: skip
"""Where anybody can have a mailbox: such a domain says nothing about an organisation."""


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def says_it_is_theirs(email: str, organisation: Any) -> bool:
    """Whether an organisation's own public address or website points to this mailbox."""
    if email == organisation.public_email:
        return True
    domain = domain_of(email)
    if domain in EVERYBODYS:
        return False
    return domain in (domain_of(organisation.public_email or ""), _host(organisation.website))


def _host(website: str | None) -> str:
    return (urlsplit(website or "").hostname or "").removeprefix("www.")


# The moves of a change


def whoever_can_read_it(person: Any, _change: Any) -> Verdict:
    return True if person == HOLDER else "Open the link in the email."


def the_clock(person: Any, _thing: Any) -> Verdict:
    return True if person == CLOCK else "This comes with the date. Nobody can do it by hand."


def the_portal(person: Any, _thing: Any) -> Verdict:
    return True if person == PORTAL else "This follows when an account is deleted."


def all_said_yes(change: Any) -> Verdict:
    if change.new_said_yes_at is None:
        return "The new address has not been confirmed yet."
    if change.sort == "main" and change.old_said_yes_at is None:
        return "The old address has not said yes yet."
    return True


def can_be_undone(change: Any) -> Verdict:
    """A main address that both mailboxes agreed to stays."""
    if change.state == "done" and change.sort == "main":
        return "Both addresses said yes, so the change is made."
    if change.state == "done" and change.person.second_email != change.email:
        return "This address is not your second one any more, so there is nothing to stop."
    return True
