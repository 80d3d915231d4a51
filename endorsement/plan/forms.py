"""The fields of an action, and of an offer to help."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from accounts.forms.fields import OneOf
from endorsement.fields import DayField, in_words
from endorsement.framework import Standard
from endorsement.models import ImprovementAction
from endorsement.plan.actions import Planned
from web import clock
from web.forms import Form
from web.merging import Facts, SharedForm

ACTION_MOST, NOTE_MOST, WORDS_MOST = 600, 1000, 400


class ActionForm(SharedForm):
    what = TextAreaField(
        _l("What will you do?"),
        validators=[InputRequired(_l("Write what you will do."))],
        most=ACTION_MOST,
    )
    who = StringField(_l("Who does it?"), most=100)
    by_on = DayField(_l("By when?"), most=40)
    young_people = TextAreaField(_l("How are young people involved?"), most=ACTION_MOST)

    def planned(self) -> Planned:
        return Planned(
            self.what.data or "", self.who.data or "", self.by_on.day, self.young_people.data or ""
        )


class NewActionForm(ActionForm):
    """Which standard it makes better is chosen here where the address does not say it."""

    standard = OneOf(_l("Which standard does it make better?"), _l("Choose a standard."))

    def offer(self, standards: Iterable[Standard]) -> None:
        self.standard.type = "SelectField"
        named = [SelectChoice(s.key, s.name) for s in standards]
        self.standard.choices = [SelectChoice("", _l("Choose")), *named]

    def validate_standard(self, field: OneOf) -> None:
        if not field.data:
            raise ValidationError(field.choose)


def facts_of(action: ImprovementAction) -> Facts:
    return {
        "what": action.what,
        "who": action.who,
        "by_on": in_words(action.by_on),
        "young_people": action.young_people,
    }


class DoneForm(Form):
    on = DayField(_l("When was it done?"), most=40)
    note = TextAreaField(_l("How did it go?"), most=NOTE_MOST)

    def validate_on(self, field: DayField) -> None:
        if not field.data:
            raise ValidationError(_l("Write the day it was done, like 3 March 2027."))
        if field.day is not None and field.day > clock.today():
            raise ValidationError(_l("That day is still to come. Write the day it was done."))


class DropForm(Form):
    note = TextAreaField(
        _l("Why do you drop it?"),
        validators=[InputRequired(_l("Say in a few words why."))],
        most=NOTE_MOST,
    )


class OfferForm(Form):
    words = TextAreaField(_l("What can you offer, and how do they reach you?"), most=WORDS_MOST)
