"""What a package hands to the factory.

Imports lean one way; what must cross the other way goes through here: a package contributes its
pages, timed jobs, mails' secrets, its entries of the navigation and its part of the example county.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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


OrganisationPanels = Callable[[Any, Any, Sequence[Any]], Mapping[int, Panel]]
"""Takes the session, the person and all organisations of a page at once, so that the number of
statements does not grow with them; returns panels by the organisation's id."""


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
    example: tuple[ExamplePart, ...] = ()
    example_people: tuple[Any, ...] = ()
    """web.example.ExamplePerson: one of each kind of person."""
    content: tuple[Callable[[Any], None], ...] = ()
    """Loads content that a fresh database needs; takes a session; must be idempotent."""
