"""What the public templates ask for by name."""

import re
from collections.abc import Iterable

from accounts.models import Place, Project
from charter.public.lettering import narrow_lines

MOST_PLACES = 40


def shown_places(projects: Iterable[Project]) -> list[Place]:
    """Places that may stand in public: open access, and the organisation says so."""
    return [p for project in projects for p in project.places if p.published][:MOST_PLACES]


# Who pays, what somebody is suspected of, why young people are sent: never beside a name.
_UNSAID = re.compile(
    r"\b(violen|diversion|crim|offend|gang|kni[fv]e|weapon|police|probation|custod|victim|"
    r"referr|fund|grant|commissioned|paid (for )?by)",
    re.IGNORECASE,
)


def sayable(text: str) -> str:
    """What an organisation says of itself, or nothing where it says what public pages never do."""
    return "" if _UNSAID.search(text) else text


GLOBALS = {"sayable": sayable, "lines_of": narrow_lines, "shown_places": shown_places}
