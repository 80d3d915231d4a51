"""The words that go with a decision."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from accounts.forms.fields import OneOf
from web.forms import Form

MOST = 1000
YES = "yes"


class ReturnForm(Form):
    note = TextAreaField(
        _l("What should they put right?"),
        validators=[InputRequired(_l("Write what they should put right."))],
        most=MOST,
    )
    destroy = BooleanField(_l("Destroy the file: it is one that we never keep"))


class DecideForm(Form):
    decision = OneOf(
        _l("Does what they learned before count as this?"),
        _l("Say whether it counts."),
        choices=[SelectChoice(YES, _l("Yes, it counts")), SelectChoice("no", _l("No, not yet"))],
    )
    reason = TextAreaField(
        _l("Why do you decide so?"),
        validators=[InputRequired(_l("Write your reason. They will read it, with your name."))],
        most=MOST,
    )
