"""Projects and places."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, TextAreaField

from accounts.actions.projects import PlaceDetails, ProjectDetails
from accounts.forms import written
from accounts.forms.fields import OneOf, SomeOf, Written, of_areas, of_words
from accounts.forms.organisations import NO, YES
from accounts.models import Organisation, Place, Project
from accounts.words import SORTS
from web.merging import Facts, SharedForm
from web.scheme import Area


class ProjectForm(SharedForm):
    """For a new project and for one that several people may be changing."""

    name = Written(
        _l("Name of the project"),
        written.name,
        needed=_l("Enter a name for the project."),
        most=120,
    )
    sort = OneOf(
        _l("How do young people come to it?"),
        _l("Choose how young people come to it."),
        choices=of_words(SORTS),
    )
    areas = SomeOf(_l("Where does it happen?"), _l("Choose one or more areas where it happens."))
    about = TextAreaField(_l("What do young people do there?"), most=1000)

    def __init__(self, project: Project | None, organisation: Organisation, areas: Iterable[Area]):
        facts = project_facts(project) if project else new_project_facts(organisation)
        super().__init__(facts, new=project is None)
        self.areas.choices = of_areas(areas)

    def details(self) -> ProjectDetails:
        return ProjectDetails(
            name=self.name.data,
            sort=self.sort.data,
            areas=list(self.areas.data),
            about=self.about.data or "",
        )


class PlaceForm(SharedForm):
    name = Written(
        _l("Name of the place"), written.name, needed=_l("Enter a name for the place."), most=120
    )
    area = OneOf(_l("Which area is it in?"), _l("Choose the area it is in."))
    address = TextAreaField(_l("Address, without the postcode"), most=300)
    postcode = Written(_l("Postcode"), written.postcode, most=20)
    times = TextAreaField(_l("When is it open?"), most=300)
    show = OneOf(
        _l("Show this address and these times in public?"),
        _l("Choose yes to show the address and times in public, or no to keep them to yourselves."),
        choices=[SelectChoice(YES, _l("Yes")), SelectChoice(NO, _l("No"))],
    )

    def __init__(self, place: Place | None, project: Project, areas: Iterable[Area]):
        """``show`` is there only for a project that anyone can drop in to."""
        facts = place_facts(place) if place else new_place_facts(project)
        if not project.open_access:
            del facts["show"]
        super().__init__(facts, new=place is None)
        self.area.choices = of_areas(areas)
        if not project.open_access:
            del self.show

    def details(self) -> PlaceDetails:
        return PlaceDetails(
            name=self.name.data,
            area=self.area.data,
            address=self.address.data or "",
            postcode=self.postcode.data,
            times=self.times.data or "",
            show="show" in self and self.show.data == YES,
        )


def new_project_facts(organisation: Organisation) -> Facts:
    areas = list(organisation.areas) if len(organisation.areas) == 1 else []
    return {"name": "", "sort": "", "areas": areas, "about": ""}


def project_facts(project: Project) -> Facts:
    return {
        "name": project.name,
        "sort": project.sort,
        "areas": list(project.areas),
        "about": project.about,
    }


def new_place_facts(project: Project) -> Facts:
    """Where there is one area only, it is chosen already."""
    area = project.areas[0] if len(project.areas) == 1 else ""
    return {"name": "", "area": area, "address": "", "postcode": "", "times": "", "show": ""}


def place_facts(place: Place) -> Facts:
    return {
        "name": place.name,
        "area": place.area,
        "address": place.address,
        "postcode": place.postcode,
        "times": place.times,
        "show": YES if place.show else NO,
    }
