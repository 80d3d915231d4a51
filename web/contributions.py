"""What a package hands to the factory.

Imports lean one way; what must cross the other way goes through here: a package contributes its
pages, timed jobs, mails' secrets, its entries of the navigation and its part of the example county.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask
from flask.cli import AppGroup

from web.access import Rule
from web.jobs import Job
from web.mail.writing import SecretMaker


@dataclass(frozen=True)
class NavigationEntry:
    """A line of the signed-in navigation, shown to whom its rule allows."""

    label: str
    endpoint: str
    rule: Rule
    first: bool = False
    """Signing in leads here, whom the rule allows."""


@dataclass(frozen=True)
class Panel:
    """What is to be done next for one of a person's organisations: on "My portal" and its desk."""

    title: str
    sentence: str
    link_text: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    """The arguments of the endpoint's address."""
    urgent: bool = False
    """Somebody waits for it: it comes before the others."""
    public: str = ""
    """The endpoint of the organisation's public page, once there is one; it takes its slug."""
    has_a_part: bool = False
    """They come for more than an organisation: nobody asks them first to register one."""


OrganisationPanels = Callable[[Any, Any, Sequence[Any]], Mapping[int, Panel]]
"""Takes the session, the person and all organisations of a page at once, so that the number of
statements does not grow with them; returns panels by the organisation's id."""


PersonPanels = Callable[[Any, Any], Sequence[Panel]]
"""Takes the session and the person: what is to be done next that belongs to no organisation."""


@dataclass(frozen=True)
class AccountPage:
    """A line of "Your account"."""

    label: str
    hint: str
    endpoint: str


@dataclass(frozen=True)
class Waiting:
    """How much stands in a queue, and since when the oldest of it waits."""

    count: int
    since: datetime | None = None


@dataclass(frozen=True)
class Queue:
    """Work that waits for whom the rule allows: on their first page, with how much and how old."""

    label: str
    endpoint: str
    rule: Rule
    waiting: Callable[[Any, datetime], Waiting]
    """Takes the session and the moment.  One statement."""


@dataclass(frozen=True)
class Reminder:
    """Something that a person should be told of in the weekly digest, as long as it is true.

    The digest asks for all that is true today, so a worker that was off for a month sends no
    more than what still matters.
    """

    person_id: int
    key: str
    """What it is about and which step of it: "pledge:AB12:60".  Each key is told once."""
    sentence: str
    endpoint: str
    """The page where they can do it; its address is made at sending."""
    values: dict[str, str] = field(default_factory=dict)
    by: datetime | None = None
    """Until when: the day stands before the sentence, and the soonest come first."""


Reminders = Callable[[Any, datetime], Iterable[Reminder]]
"""Takes the session and the moment; reads only, in a number of statements that does not grow."""


@dataclass(frozen=True)
class Recipient:
    """Whom a mail goes to."""

    name: str
    address: str


Recipients = Callable[[Any, Sequence[int]], Mapping[int, Recipient]]
"""Takes the session and ids of people; those of them who can be written to today, by id."""


@dataclass(frozen=True)
class DataSection:
    """What one package holds of a person, as they read and download it."""

    key: str
    title: str
    why: str
    """What it is for, how long it is kept, who sees it: one or two sentences."""
    rows: Sequence[Mapping[str, Any]]
    """By a label in plain words; values are text, numbers, dates, moments, lists or None."""
    change: str = ""
    """The endpoint where they can correct it themselves."""
    table: bool = False
    """Every row has the same few labels: the page shows a compact table."""


MyData = Callable[[Any, Any], Iterable[DataSection]]
"""Takes the session and the person."""


@dataclass(frozen=True)
class Erasure:
    """A package's part of erasing a person.  The person's row itself stays, without its words."""

    obstacles: Callable[[Any, Any], Sequence[str]] | None = None
    """Takes the session and the person: why not yet, in sentences that end in a full stop."""
    warns: Callable[[Any, Any], Sequence[str]] | None = None
    """Takes the session and the person: what others will miss, in sentences."""
    erase: Callable[..., None] | None = None
    """``erase(session, person, by=, at=)``: take away what names them, recording each change."""
    keeps: Callable[[Any, Any], Sequence[str]] | None = None
    """Takes the session and the person: what stays, and why, in sentences."""


@dataclass(frozen=True)
class RetentionRule:
    """One thing that is not kept for ever."""

    name: str
    what: str
    """In plain words: "Accounts nobody has used for 24 months"."""
    due: Callable[[Any, datetime], Sequence[Any]]
    """Takes the session and the moment; the rows or ids that are due, at most some hundreds."""
    take_away: Callable[[Any, Any, datetime], None]
    """Takes the session, one of them, and the moment; looks again whether it is still due."""
    kept: Callable[[Any], str]
    """Takes the scheme's retention: for how long it is kept, as the privacy page says it."""
    since: Callable[[Any, Any], datetime | None] | None = None
    """Takes the session and one of them: since when it has stood."""


@dataclass(frozen=True)
class MergePart:
    """A package's part of merging one organisation into another, undone within a day."""

    name: str
    obstacles: Callable[[Any, Any, Any], Sequence[str]]
    """Takes the session, the one that stays and the one that goes: why not, in sentences."""
    preview: Callable[[Any, Any, Any], Sequence[str]]
    """What will happen, in sentences."""
    merge: Callable[..., dict[str, Any]]
    """``merge(session, stays, goes, by=, at=)``; returns what ``undo`` needs, as JSON."""
    undo: Callable[..., None]
    """``undo(session, stays, goes, memo, by=, at=)``.  Raises Refused when it has gone too far."""


@dataclass(frozen=True)
class ExamplePart:
    """A package's part of the example county; parts run in ``order``."""

    order: int
    load: Callable[[Any], None]
    """Takes web.example.County (session, as-of moment, random source, progress)."""


@dataclass(frozen=True)
class Contribution:
    name: str
    set_up: Callable[[Flask], None] | None = None
    blueprints: tuple[Blueprint, ...] = ()
    commands: tuple[AppGroup, ...] = ()
    jobs: tuple[Job, ...] = ()
    mail_secrets: dict[str, SecretMaker] = field(default_factory=dict)
    navigation: tuple[NavigationEntry, ...] = ()
    template_globals: dict[str, Any] = field(default_factory=dict)
    organisation_panels: tuple[OrganisationPanels, ...] = ()
    person_panels: tuple[PersonPanels, ...] = ()
    account_pages: tuple[AccountPage, ...] = ()
    queues: tuple[Queue, ...] = ()
    reminders: tuple[Reminders, ...] = ()
    recipients: tuple[Recipients, ...] = ()
    my_data: tuple[MyData, ...] = ()
    addresses: tuple[Callable[[], Iterable[str]], ...] = ()
    """Of pages for everybody that search engines are told of, in a fixed order."""
    proofs: tuple[Callable[[Any], Iterable[str]], ...] = ()
    """For ``flask audit verify``: takes the session; a sentence for each thing that is not what its
    own seal, which the chain holds, says."""
    things: Mapping[str, Any] = field(default_factory=dict)
    """By the name of an audited table, what one of its rows is in plain words: "a pledge"."""
    erasure: tuple[Erasure, ...] = ()
    retention: tuple[RetentionRule, ...] = ()
    merging: tuple[MergePart, ...] = ()
    example: tuple[ExamplePart, ...] = ()
    example_people: tuple[Any, ...] = ()
    """web.example.ExamplePerson: one of each kind of person."""
    content: tuple[Callable[[Any], None], ...] = ()
    """Loads content that a fresh database needs; takes a session; must be idempotent."""
