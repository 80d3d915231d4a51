"""Asking about one's data, answering, and deleting an account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from accounts.forms.fields import OneOf, of_words
from accounts.sign_in.forms import address, name_field
from accounts.words import REQUESTS
from web.forms import Form

NEED_WORDS = ("correct", "object", "complain")


class Ask(Form):
    """With an account, whoever asks is known."""

    kind = OneOf(_l("What do you want?"), _l("Choose what you want."), choices=of_words(REQUESTS))
    words = TextAreaField(_l("Tell us more"), most=5000)

    def validate_words(self, field: Any) -> None:
        if not field.data and self.kind.data in NEED_WORDS:
            raise ValidationError(_l("Tell us what it is about."))


class AskAsAnybody(Ask):
    name = name_field()
    email = EmailField(
        _l("Email address"),
        validators=[DataRequired(_l("Enter your email address. We answer there.")), address],
        most=254,
    )


class Answer(Form):
    note = TextAreaField(
        _l("Your answer, or the reason why not"),
        validators=[DataRequired(_l("Write what we answer. It goes to them by email."))],
        most=5000,
    )


class EraseAccount(Form):
    reason = TextAreaField(
        _l("Why is it deleted?"), validators=[DataRequired(_l("Write why."))], most=1000
    )


class DeleteAccount(Form):
    password = PasswordField(
        _l("Your password"), validators=[DataRequired(_l("Enter your password."))]
    )


class Nothing(Form):
    """A page with a button."""
