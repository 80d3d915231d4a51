"""The fields of checking together."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from accounts.forms.fields import OneOf
from review.moderation.actions import OWES_A_REASON
from review.report.loading import OneStandard
from web.forms import Form, more_errors

STANDS = "stands"


class SettleForm(Form):
    rating = OneOf(_l("What do you think?"), _l("Choose one of these."))
    reason = TextAreaField(_l("Why?"), most=2000)

    def __init__(self, at: OneStandard):
        self.finding = at.finding
        super().__init__(data=_as_it_is(at.finding))
        self.rating.choices = [SelectChoice(STANDS, _("It stands as it is"))]
        self.rating.choices += [
            SelectChoice(str(p.value), f"{p.value} {p.name}", {"hint": descriptor})
            for p, descriptor in zip(at.framework.scale, at.standard.descriptors, strict=True)
            if p.value != at.finding.rating
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if fine and self.chosen() is not None and not self.reason.data:
            more_errors(self, "reason", _(OWES_A_REASON))
            return False
        return fine

    def chosen(self) -> int | None:
        return None if self.rating.data == STANDS else int(self.rating.data)


class BackForm(Form):
    note = TextAreaField(
        _l("What should they look at again?"),
        validators=[DataRequired(_l("Write what they should look at again."))],
        most=2000,
    )


def _as_it_is(finding: Any) -> dict[str, str]:
    if finding.moderated_at is None:
        return {}
    rating = STANDS if finding.moderated_rating is None else str(finding.moderated_rating)
    return {"rating": rating, "reason": finding.moderated_reason}
