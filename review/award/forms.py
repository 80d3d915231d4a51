"""What is said when an award is paused or ended, and in the yearly check."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Optional

from accounts.forms.fields import OneOf
from web.forms import Form

MOVES = {
    "pause": _l("Pause it: something serious has to be looked at"),
    "keep paused": _l("It stays paused, and is looked at again"),
    "go on": _l("It is current again"),
    "check": _l("The yearly check is done"),
    "end": _l("End it"),
}


class MoveForm(Form):
    move = OneOf(_l("What happens"), _l("Choose what happens."))
    note = TextAreaField(_l("Why"), validators=[Optional()])


class CheckForm(Form):
    still_true = RadioField(
        _l("Is all that was looked at still as it was?"),
        choices=[("yes", _l("Yes")), ("no", _l("No, something is different"))],
        validators=[InputRequired(_l("Say whether it is still as it was."))],
    )
    words = TextAreaField(
        _l("What has changed in the year"),
        validators=[InputRequired(_l("Write what has changed, or “nothing”."))],
    )
