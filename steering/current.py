"""Who may be given a case on a day.  Plain Python.

Whose time as an assessor stands, and who is current on the training route of their kind.  Until
such a route stands the day of their appointment decides; so it does for those who were appointed
before it stood, who had no route to follow.  Training stands above and is not known here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

BY_TRAINING, BY_DAY, NOT = "training", "day", ""


@dataclass(frozen=True)
class Routes:
    """What the training routes say."""

    since: Mapping[str, datetime] = field(default_factory=dict)
    """By the kind of assessor, since when there is a route for it."""
    current: frozenset[int] = frozenset()
    """The people who have all that the route of their kind asks."""


NONE = Routes()


def basis(term: Any, day: date, routes: Routes = NONE) -> str:
    """By what they may be given a case; nothing: they may not.  ``term``: one that stands."""
    if term.person_id in routes.current and term.kind in routes.since:
        return BY_TRAINING
    since = routes.since.get(term.kind)
    had_a_route = since is not None and term.appointed_at >= since
    return BY_DAY if term.current_until >= day and not had_a_route else NOT


# Where the routes are read

Source = Callable[[Any, Sequence[Any], date], Routes]
"""Takes the session, the terms that stand, and the day."""
_sources: list[Source] = []


def routes_from(source: Source) -> Source:
    _sources[:] = [source]
    return source


def routes(session: Any, terms: Sequence[Any], day: date) -> Routes:
    return _sources[0](session, terms, day) if _sources and terms else NONE
