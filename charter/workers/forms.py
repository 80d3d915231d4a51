"""The fields of a worker's pledge."""

import re
import unicodedata
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, StopValidation, ValidationError

from accounts.sign_in.forms import email_field
from charter.models import Commitment
from charter.workers.actions import Answers
from charter.workers.words import EVERYWHERE, ROLES
from web.forms import Form, QueryForm
from web.scheme import Scheme

WORDS_MOST, NAME_MOST, NAMES_MOST = 300, 30, 2
_PART = re.compile(r"[ .'\N{RIGHT SINGLE QUOTATION MARK}-]")


def a_name(_form: Form, field: Field) -> None:
    """It may stand in public: letters of any script, and no address, number or sentence."""
    name = unicodedata.normalize("NFC", " ".join((field.data or "").split()))
    letters = _PART.sub("", name)
    dots = [part for part in name.split(".")[1:] if part and not part.startswith(" ")]
    fit = letters and all(unicodedata.category(c)[0] in "LM" for c in letters) and not dots
    if not fit or len(name) > NAME_MOST or len(name.split()) > NAMES_MOST:
        raise StopValidation(_l("Enter your first name, in letters, like Sam or Mary-Jane."))
    field.data = name


class FromTheList:
    """Each list says what to choose: in the summary on top the sentence stands alone."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Form, field: SelectField) -> None:
        if field.data not in {value for value, *_ in field.iter_choices()} - {""}:
            raise StopValidation(self.message)


class Promise(Form):
    """Page 1: nothing has to be filled in."""

    commitment = SelectField(_l("Which of the eight?"), default="", validate_choice=False)
    words = TextAreaField(_l("One thing you will do for it"), most=WORDS_MOST)

    def offer(self, commitments: Iterable[Commitment]) -> None:
        self.commitment.choices = [
            SelectChoice("", _l("Choose one, or leave this")),
            *(SelectChoice(c.key, f"{c.number}. {c.title}") for c in commitments),
        ]

    def validate_commitment(self, field: Field) -> None:
        if field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError(_l("Choose one of the eight, or leave this."))


class Details(Form):
    """What may be changed later too."""

    first_name = StringField(
        _l("Your first name"),
        validators=[DataRequired(_l("Enter your first name.")), a_name],
        most=100,
    )
    role = SelectField(
        _l("What you do"),
        validators=[FromTheList(_l("Choose what you do."))],
        default="",
        validate_choice=False,
    )
    area = SelectField(
        _l("Where"),
        validators=[FromTheList(_l("Choose where you do it."))],
        default="",
        validate_choice=False,
    )
    shown = BooleanField(_l("Show my first name, what I do and my area to everyone"))
    adult = BooleanField(_l("I am 18 or over"))

    def offer(self, scheme: Scheme) -> None:
        choose = SelectChoice("", _l("Choose"))
        self.role.choices = [choose, *(SelectChoice(k, word) for k, word in ROLES.items())]
        self.area.choices = [
            choose,
            *(SelectChoice(area.key, area.name) for area in scheme.areas),
            SelectChoice(EVERYWHERE, _l("All over %(county)s", county=scheme.names.county)),
        ]

    def validate_shown(self, field: Field) -> None:
        if field.data and not self.adult.data:
            raise ValidationError(
                _l(
                    "We show nobody under 18. Tick “I am 18 or over” too if you are,"
                    " or do not ask to be shown."
                )
            )

    def answers(self) -> Answers:
        """The answer to "18 or over?" is not among them: it is kept nowhere."""
        return Answers(
            first_name=self.first_name.data or "",
            role=self.role.data,
            area=self.area.data,
            shown=bool(self.shown.data),
        )


class You(Details):
    """Page 2."""

    email = email_field()


class Address(Form):
    """Asking for the link."""

    email = email_field()


class Press(Form):
    """A button."""


class Search(QueryForm):
    """The public list's area."""

    area = SelectField(_l("Area"), default="", invalid_choice_message=_l("Choose one of these."))

    def offer(self, scheme: Scheme) -> None:
        self.area.choices = [
            SelectChoice("", _l("All of them")),
            *(SelectChoice(area.key, area.name) for area in scheme.areas),
            SelectChoice(EVERYWHERE, _l("All over %(county)s", county=scheme.names.county)),
        ]
