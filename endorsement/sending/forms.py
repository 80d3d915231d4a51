"""The declaration, and taking back."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from endorsement.sending.ready import Offered
from web.forms import Form

NAME_MOST = 100
NOTE_MOST = 1000


class DeclareForm(Form):
    """``seen``: what the page showed, so that nobody seals what they have not read."""

    seen = HiddenField(most=100)
    level = RadioField(
        _l("Which level do you ask for?"),
        validators=[InputRequired(_l("Choose the level you ask for."))],
    )
    name = StringField(
        _l("Your name"),
        validators=[InputRequired(_l("Enter your name."))],
        most=NAME_MOST,
    )
    role = StringField(
        _l("What you are in your organisation"),
        validators=[
            InputRequired(_l("Enter what you are in your organisation, like chair or manager."))
        ],
        most=NAME_MOST,
    )
    declared = BooleanField(
        _l("This is true as far as we know."),
        validators=[InputRequired(_l("Tick the box if it is true as far as you know."))],
    )

    def offer(self, levels: Iterable[Offered]) -> None:
        self.level.choices = [(one.level.key, one.level.name) for one in levels]


class WithdrawForm(Form):
    note = TextAreaField(
        _l("Why?"),
        validators=[InputRequired(_l("Write a few words that say why."))],
        most=NOTE_MOST,
    )
