"""The fields of a draft.  A half-written commitment can be saved; only publishing needs all."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from charter.versions import text
from charter.versions.states import HOW_DECIDED
from web import clock
from web.drafting.forms import DiscardForm, Press, PublishForm, area, as_day, line, lines_of
from web.forms import Form
from web.merging import SharedForm

TITLE_MOST = 60
MOST_YOUNG_PEOPLE = 10_000
DAY = _l("Enter a day, like 3/3/2027.")
NUMBER = _l("Enter a number, like 12.")


class WholeForm(SharedForm):
    """What is said of the charter as a whole."""

    code = line(_l("Its name in addresses"), _l("Enter a short name, like 2027."), most=20)
    title = line(text.TITLE, _l("Enter the charter's name."), most=TITLE_MOST)
    summary = area(text.SUMMARY, _l("Say in a sentence or two what it is."), most=400)

    def validate_code(self, field: StringField) -> None:
        if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", field.data or "", re.ASCII):
            raise ValidationError(_l("Use letters, digits and hyphens, like 2027 or 2027-2."))


class CommitmentForm(SharedForm):
    title = line(text.FIELDS["title"], _l("Enter a title."), most=TITLE_MOST)
    explanation = area(text.FIELDS["explanation"])
    know = area(text.FIELDS["know"])
    questions = area(text.FIELDS["questions"])
    easy_title = line(text.FIELDS["easy_title"], most=TITLE_MOST)
    easy = area(text.FIELDS["easy"])
    asks = area(text.FIELDS["asks"], most=600)
    examples = area(text.FIELDS["examples"], most=4000)
    weak_action = area(text.FIELDS["weak_action"], most=600)
    weak_why = area(text.FIELDS["weak_why"], most=600)

    def words(self) -> dict[str, Any]:
        """As a commitment holds them."""
        return {
            name: lines_of(self[name].data) if name in text.LINES else self[name].data or ""
            for name in text.FIELDS
        }


def shape_of(commitment: Any) -> dict[str, str]:
    """A commitment in the form's shape: a list is a text with a line for each."""
    return {
        name: "\n".join(getattr(commitment, name))
        if name in text.LINES
        else getattr(commitment, name)
        for name in text.FIELDS
    }


class AddForm(Form):
    title = line(text.FIELDS["title"], _l("Enter a title."), most=TITLE_MOST)
    sign = RadioField(_l("Its sign"), validate_choice=False)

    def offer(self, signs: list[tuple[str, Any]]) -> None:
        self.sign.choices = [SelectChoice(key, label) for key, label in signs]

    def validate_sign(self, field: RadioField) -> None:
        if field.data not in {str(value) for value, *_ in field.iter_choices()}:
            raise ValidationError(_l("Choose a sign."))


class ApprovalForm(Form):
    """Which group, when, how many.  ``seen`` is the mark of the text that the page showed."""

    seen = HiddenField(most=64)
    group_name = line(_l("Which group?"), _l("Enter the group's name."), most=100)
    agreed_on = line(_l("On which day?"), DAY, most=20)
    took_part = IntegerField(_l("How many young people took part?"), invalid_value_message=NUMBER)
    for_it = IntegerField(_l("How many of them said yes?"), invalid_value_message=NUMBER)
    how = RadioField(
        _l("How did they decide?"),
        choices=[SelectChoice(key, label) for key, label in HOW_DECIDED.items()],
        validate_choice=False,
    )
    note = area(_l("Anything to remember?"), most=1000)

    day: Any = None
    """The date, once it is known to be one."""

    def validate_agreed_on(self, field: StringField) -> None:
        self.day = as_day(field.data or "")
        if self.day is None:
            raise ValidationError(DAY)
        if self.day > clock.today():
            raise ValidationError(_l("That day is still to come. Enter the day they agreed."))

    def validate_took_part(self, field: IntegerField) -> None:
        _in_reason(field)

    def validate_for_it(self, field: IntegerField) -> None:
        _in_reason(field)
        took_part = self.took_part.data
        if took_part is not None and not self.took_part.errors:
            if field.data > took_part:
                raise ValidationError(_l("More said yes than took part. Check both numbers."))
            if field.data * 2 <= took_part:
                raise ValidationError(_l("More than half of them must have said yes."))

    def validate_how(self, field: RadioField) -> None:
        if field.data not in HOW_DECIDED:
            raise ValidationError(_l("Choose how they decided."))


def _in_reason(field: IntegerField) -> None:
    if field.errors:  # it is no number: that is said already
        raise StopValidation
    if field.data is None or not 1 <= field.data <= MOST_YOUNG_PEOPLE:
        raise StopValidation(NUMBER)


__all__ = ["DiscardForm", "Press", "PublishForm"]
