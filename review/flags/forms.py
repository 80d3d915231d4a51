"""The fields of a flag."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from endorsement.assessing.forms import Press
from web.forms import Form

__all__ = ["CloseForm", "Press", "RaiseForm"]


class RaiseForm(Form):
    words = TextAreaField(
        _l("What worries you?"), validators=[DataRequired(_l("Write what worries you."))], most=4000
    )


class CloseForm(Form):
    outcome = TextAreaField(
        _l("What came of it?"), validators=[DataRequired(_l("Write what came of it."))], most=1000
    )
