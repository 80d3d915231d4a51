"""What happened to an organisation, in plain sentences."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from accounts.words import ROLES


def in_words(event: Any) -> str:
    """One line of "What happened".  Of an erased person there is no name to say."""
    say = SENTENCES.get(event.verb)
    return say(event) if say is not None else str(event.verb)


def _who(event: Any) -> str:
    return event.person.name if event.person is not None else _("Somebody")


def _by(event: Any) -> str:
    return event.by.name if event.by is not None else _("the Charter team")


def _role(event: Any) -> str:
    return str(ROLES[event.role].label).lower() if event.role in ROLES else event.role


def _joined(event: Any) -> str:
    if event.role:
        return _("%(who)s joined, as: %(role)s.", who=_who(event), role=_role(event))
    return _("%(who)s joined.", who=_who(event))


SENTENCES: dict[str, Callable[[Any], str]] = {
    "registered": lambda e: _("%(who)s registered it.", who=_who(e)),
    "checked": lambda _e: _("The Charter team checked it."),
    "joined": _joined,
    "left": lambda e: _("%(who)s left.", who=_who(e)),
    "taken off": lambda e: _("%(by)s took %(who)s off.", by=_by(e), who=_who(e)),
    "role": lambda e: _("%(who)s became: %(role)s.", who=_who(e), role=_role(e)),
    "lead offered": lambda e: _("%(by)s asked %(who)s to take over the lead.",
                                by=_by(e), who=_who(e)),
    "handed over": lambda e: _("%(by)s handed the lead over to %(who)s.", by=_by(e), who=_who(e)),
    "lead sought": lambda _e: _("The Charter team invited somebody to lead it."),
    "without a lead": lambda _e: _("From now on nobody led it."),
    "led again": lambda _e: _("It had a lead again."),
    "name asked": lambda e: _("%(by)s asked for the name “%(name)s”. The Charter team looks at it.",
                              by=_by(e), name=e.after),
    "renamed": lambda e: _("Its name was “%(before)s” and became “%(after)s”.",
                           before=e.before, after=e.after),
    "closed": lambda _e: _("The Charter team closed it."),
    "opened again": lambda _e: _("The Charter team opened it again."),
    "took in": lambda e: _("“%(name)s” became part of it.", name=e.after),
    "became part of": lambda e: _("It became part of “%(name)s”.", name=e.after),
    "split off": lambda e: _("The merger with “%(name)s” was undone.", name=e.after),
}  # fmt: skip
"""By verb (accounts.actions.telling)."""
