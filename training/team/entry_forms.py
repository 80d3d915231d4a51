"""Entering somebody, and what they learned."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, StringField
from wtforms.validators import InputRequired, ValidationError

from accounts.forms import written
from accounts.forms.fields import OneOf, SomeOf, Written
from accounts.models import Project
from charter.sessions.written import day
from training.my.forms import AnyOf, of_projects
from training.pathways import Pathways
from training.states import PRIOR, WAY_WORDS
from web import clock
from web.forms import Form

WAYS = [SelectChoice(key, word) for key, word in WAY_WORDS.items() if key != PRIOR]
EARLIEST = date(1970, 1, 1)


class VolunteerForm(Form):
    name = StringField(
        _l("Their name"), validators=[InputRequired(_l("Enter their name."))], most=100
    )
    email = Written(_l("Their email address, if they have one"), written.email, most=200)
    roles = SomeOf(_l("What they do"), _l("Choose what they do."))

    projects = AnyOf(_l("Which projects do they work in?"), _l("Choose from the list, or nothing."))

    def offer(self, pathways: Pathways, projects: Iterable[Project]) -> None:
        self.roles.choices = [SelectChoice(r.key, r.name) for r in pathways.roles]
        self.projects.choices = of_projects(projects)


class LearnedForm(Form):
    module = OneOf(_l("What did they complete?"), _l("Choose a module."))
    on = StringField(
        _l("When?"), validators=[InputRequired(_l("Write a day like 3 March 2027."))], most=40
    )
    how = OneOf(_l("How?"), _l("Say how."), choices=WAYS)
    provider = StringField(_l("With whom?"), most=200)

    def offer(self, pathways: Pathways) -> None:
        self.module.type = "SelectField"
        named = [(m.key, f"{m.key} {m.name}") for m in pathways.modules]
        self.module.choices = [SelectChoice(key, name) for key, name in named]

    @property
    def day(self) -> date:
        return day(self.on.data or "") or clock.today()

    def validate_on(self, field: StringField) -> None:
        found = day(field.data or "")
        if found is None or found < EARLIEST:
            raise ValidationError(_l("Write a day like 3 March 2027."))
        if found > clock.today():
            raise ValidationError(_l("That day is still to come. Write the day it was done."))
