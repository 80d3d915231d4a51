"""The fields of a young person's seat."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectChoice, StringField
from wtforms.validators import DataRequired, ValidationError

from accounts.forms.fields import OneOf
from accounts.sign_in.forms import Judged, email_field
from steering.forms import DayField, decided, last_day, to_come
from steering.youth.names import LEAST, is_one_word
from web.forms import Form

WRONG = _l("Check your name and your passphrase.")
NOT_OPEN = _l("Your seat is not open yet. The Charter team has to say yes first.")
OVER = _l("Check the code. It works once. Ask your worker for a new one if it is old.")
YOUNG = _l("Young assessor")
PARTS = {"member": _l("Member"), "deputy": _l("Deputy")}


class CodeForm(Form):
    code = StringField(
        _l("Your code"), validators=[DataRequired(_l("Type the code you got."))], most=30
    )


def _passphrase() -> Any:
    return PasswordField(
        _l("Passphrase"), validators=[DataRequired(_l("Choose some words."))], most=200
    )


class Passphrase(Judged):
    password = _passphrase()

    def validate_password(self, field: Any) -> None:
        if len(field.data or "") < LEAST:
            raise ValidationError(_l("Make it longer: %(n)s letters or more.", n=LEAST))


class Join(Passphrase):
    name = StringField(
        _l("A name we can call you"), validators=[DataRequired(_l("Choose a name."))], most=100
    )

    def validate_name(self, field: Any) -> None:
        if not is_one_word(field.data):
            raise ValidationError(_l("Choose one word of 2 to 20 letters. No full names."))


class SeatSignIn(Form):
    name = StringField(
        _l("Your chosen name"), validators=[DataRequired(_l("Type your chosen name."))], most=100
    )
    password = PasswordField(
        _l("Passphrase"), validators=[DataRequired(_l("Type your passphrase."))], most=200
    )


class MakeForm(Form):
    what = OneOf(_l("Which seat?"), _l("Choose a seat."))
    email = email_field()
    until = last_day()
    decision = decided()

    def __init__(self, open_parts: dict[str, Any], **more: Any):
        """``open_parts``: by key, the seat (or None: an assessor), the part and its words."""
        super().__init__(**more)
        self.open_parts = open_parts
        self.email.label.text = _l("The supporter’s email address")
        self.what.choices = [SelectChoice(key, words) for key, (_, _, words) in open_parts.items()]

    def validate_until(self, field: DayField) -> None:
        to_come(field)


class SupporterForm(Form):
    email = email_field()
