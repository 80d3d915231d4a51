"""Projects and their places."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts import rules
from accounts.actions.putting import put
from accounts.models import Organisation, Person, Place, Project
from accounts.queries.organisations import hold
from accounts.queries.projects import project_named, project_slugs
from web.audit import record
from web.folding import fold, slug, sort_key
from web.workflow import Refused, insist

MOST_PLACES = 200
"""Of one project: nobody has more, and a mistaken script must not fill the page."""
MOST_PROJECTS = 2000
NAME_TAKEN = "You have a project with this name. Add a word that tells them apart."


@dataclass(frozen=True)
class ProjectDetails:
    name: str
    sort: str
    areas: list[str]
    about: str = ""


@dataclass(frozen=True)
class PlaceDetails:
    name: str
    area: str
    address: str = ""
    postcode: str = ""
    times: str = ""
    show: bool = False


def add_project(
    session: Session,
    organisation: Organisation,
    details: ProjectDetails,
    *,
    by: Person,
    at: datetime,
) -> Project:
    """The same again is the button pressed twice; another of the same name is refused."""
    insist(rules.may_edit_organisation(by, organisation))
    hold(session, organisation)
    standing = project_named(session, organisation, details.name)
    if standing is not None:
        return _same_or_refused(standing, details)
    taken = project_slugs(session, organisation)
    if len(taken) >= MOST_PROJECTS:
        raise Refused(["This is the most projects the portal can keep for one organisation."])
    project = Project(organisation=organisation, slug=_address(details.name, taken))
    put(project, _with_key(details))
    session.add(project)
    session.flush()
    record(session, project, "add", by=by, at=at)
    return project


def change_project(
    session: Session, project: Project, details: ProjectDetails, *, by: Person, at: datetime
) -> int:
    """Returns how many places this hid: a project that is no longer open to anyone shows none."""
    insist(rules.may_change_open_project(by, project))
    if details.name != project.name and project_named(session, project.organisation, details.name):
        raise Refused([NAME_TAKEN])
    if put(project, _with_key(details)):
        record(session, project, "change", by=by, at=at)
    return 0 if project.open_access else _hide_places(session, project, by, at)


def close_project(session: Session, project: Project, *, by: Person, at: datetime) -> None:
    """It stays in what was pledged; it is offered for nothing new and shows no places."""
    insist(rules.may_edit_project(by, project))
    if not project.closed:
        project.closed = True
        record(session, project, "close", by=by, at=at)


def reopen_project(session: Session, project: Project, *, by: Person, at: datetime) -> None:
    insist(rules.may_edit_project(by, project))
    if project_named(session, project.organisation, project.name) not in (None, project):
        raise Refused([NAME_TAKEN])
    if project.closed:
        project.closed = False
        record(session, project, "open again", by=by, at=at)


def add_place(
    session: Session, project: Project, details: PlaceDetails, *, by: Person, at: datetime
) -> Place:
    insist(rules.may_change_open_project(by, project))
    same = next((place for place in project.places if _is_same(place, details)), None)
    if same is not None:  # the button pressed twice
        return same
    if len(project.places) >= MOST_PLACES:
        raise Refused(["This is the most places the portal can keep for one project."])
    place = Place(project=project)
    put(place, _allowed(details, project))
    session.add(place)
    session.flush()
    record(session, place, "add", by=by, at=at)
    return place


def change_place(
    session: Session, place: Place, details: PlaceDetails, *, by: Person, at: datetime
) -> None:
    insist(rules.may_edit_place(by, place))
    if put(place, _allowed(details, place.project)):
        record(session, place, "change", by=by, at=at)


def remove_place(session: Session, place: Place, *, by: Person, at: datetime) -> None:
    insist(rules.may_edit_place(by, place))
    record(session, place, "remove", by=by, at=at)
    session.delete(place)


def _same_or_refused(standing: Project, details: ProjectDetails) -> Project:
    if any(getattr(standing, field) != value for field, value in vars(details).items()):
        raise Refused([NAME_TAKEN])
    return standing


def _address(name: str, taken: set[str]) -> str:
    """A name in another script has no letters for an address."""
    has_letters = any(c.isascii() and c.isalnum() for c in fold(name))
    return slug(name if has_letters else "project", taken | {"new"})


def _with_key(details: ProjectDetails) -> dict[str, Any]:
    return vars(details) | {"sort_key": sort_key(details.name)}


def _allowed(details: PlaceDetails, project: Project) -> dict[str, Any]:
    """Whatever was sent: only a place of an open-access project is ever shown."""
    return vars(details) | {"show": details.show and project.open_access}


def _is_same(place: Place, details: PlaceDetails) -> bool:
    return (place.name, place.area, place.address, place.times) == (
        details.name, details.area, details.address, details.times,
    )  # fmt: skip


def _hide_places(session: Session, project: Project, by: Person, at: datetime) -> int:
    shown = [place for place in project.places if place.show]
    for place in shown:
        place.show = False
        record(session, place, "hide", by=by, at=at)
    return len(shown)
