"""Registering an organisation and changing its details."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired

from accounts.actions.organisations import Details
from accounts.forms import written
from accounts.forms.fields import OneOf, SomeOf, Written, of_areas, of_words
from accounts.models import Organisation
from accounts.words import KINDS
from web.forms import Form
from web.merging import Facts, SharedForm
from web.scheme import Area

YES, NO = "yes", "no"


class DetailFields:
    """What both forms ask."""

    name = Written(
        _l("Name of your organisation"),
        written.name,
        needed=_l("Enter the name of your organisation."),
        most=120,
    )
    kind = OneOf(
        _l("What is it?"), _l("Choose what your organisation is."), choices=of_words(KINDS)
    )
    areas = SomeOf(_l("Where do you work?"), _l("Choose one or more areas where you work."))
    volunteer_run = OneOf(
        _l("Is it run by volunteers?"),
        _l("Choose yes if volunteers run it, or no if paid staff do."),
        choices=[SelectChoice(YES, _l("Yes")), SelectChoice(NO, _l("No"))],
    )
    charity_number = Written(_l("Charity number, if you have one"), written.charity_number, most=40)
    company_number = Written(_l("Company number, if you have one"), written.company_number, most=40)
    website = Written(_l("Website, if you have one"), written.website, most=200)
    public_email = Written(_l("Email for the public, if you want one"), written.email, most=200)
    public_phone = Written(_l("Phone for the public, if you want one"), written.phone, most=40)
    about = TextAreaField(_l("About it, in a few sentences"), most=1000)

    def prepare(self, areas: Iterable[Area]) -> None:
        self.areas.choices = of_areas(areas)

    def details(self) -> Details:
        return Details(
            name=self.name.data,
            kind=self.kind.data,
            areas=list(self.areas.data),
            volunteer_run=self.volunteer_run.data == YES,
            about=self.about.data or "",
            charity_number=self.charity_number.data or None,
            company_number=self.company_number.data or None,
            website=self.website.data or None,
            public_email=self.public_email.data or None,
            public_phone=self.public_phone.data or None,
        )


class Register(DetailFields, Form):
    """``anyway``: similar ones were shown, and this is another."""

    anyway = HiddenField()

    def __init__(self, areas: Iterable[Area], **more: Any):
        super().__init__(**more)
        self.prepare(areas)


class ChangeDetails(DetailFields, SharedForm):
    def __init__(self, organisation: Organisation, areas: Iterable[Area]):
        super().__init__(facts_of(organisation))
        self.prepare(areas)


class Closing(Form):
    why = TextAreaField(
        _l("Why do you close it?"), validators=[DataRequired(_l("Say why."))], most=1000
    )


def facts_of(organisation: Organisation) -> Facts:
    """An organisation in the form's shape."""
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "about": organisation.about,
        "areas": list(organisation.areas),
        "volunteer_run": YES if organisation.volunteer_run else NO,
        "charity_number": organisation.charity_number or "",
        "company_number": organisation.company_number or "",
        "website": organisation.website or "",
        "public_email": organisation.public_email or "",
        "public_phone": organisation.public_phone or "",
    }
