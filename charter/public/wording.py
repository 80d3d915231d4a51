"""What the public templates ask for by name."""

from collections.abc import Iterable

from accounts.models import Place, Project
from charter.public.lettering import narrow_lines

MOST_PLACES = 40


def shown_places(projects: Iterable[Project]) -> list[Place]:
    """Places that may stand in public: open access, and the organisation says so."""
    return [p for project in projects for p in project.places if p.published][:MOST_PLACES]


GLOBALS = {"lines_of": narrow_lines, "shown_places": shown_places}
