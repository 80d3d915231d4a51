"""The fields of the desk."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from endorsement.assessing.forms import DOES_NOT_APPLY, PointField, Press
from review.desk.actions import Said
from review.desk.loading import OnePage
from web.forms import Form
from web.merging import Facts, SharedForm

REASON_MOST, NOTE_MOST, QUESTION_MOST, ANSWER_MOST = 2000, 2000, 600, 2000

__all__ = ["AnswerForm", "AskForm", "Press", "ReadingForm", "facts_of"]


class ReadingForm(SharedForm):
    """One standard.  Nothing is owed while it is being written; two browsers meet in it."""

    rating = PointField(_l("What do you think?"), validate_choice=False)
    reason = TextAreaField(_l("Why?"), most=REASON_MOST)
    private_note = TextAreaField(_l("Notes just for you"), most=NOTE_MOST)

    def __init__(self, at: OnePage, **more: Any):
        super().__init__(facts_of(at), **more)
        self.rating.choices = points_of(at)

    def said(self) -> Said:
        chosen = self.rating.data or ""
        return Said(
            rating=int(chosen) if chosen.isdigit() else None,
            does_not_apply=chosen == DOES_NOT_APPLY,
            reason=self.reason.data or "",
            private_note=self.private_note.data or "",
        )


def facts_of(at: OnePage) -> Facts:
    said = at.said
    if said is None:
        return {"rating": "", "reason": "", "private_note": ""}
    rating = "" if said.rating is None else str(said.rating)
    return {
        "rating": DOES_NOT_APPLY if said.does_not_apply else rating,
        "reason": said.reason,
        "private_note": said.private_note,
    }


def points_of(at: OnePage) -> list[SelectChoice]:
    """Each point with what it looks like here; to agree that it does not apply, where they said."""
    choices = [
        SelectChoice(str(point.value), point.name, {"hint": descriptor})
        for point, descriptor in zip(
            at.reader.framework.scale, at.standard.descriptors, strict=True
        )
    ]
    if at.claim and at.claim["does_not_apply"]:
        hint = _("They say so. Choose this if you agree.")
        choices.append(SelectChoice(DOES_NOT_APPLY, _("It does not apply to them"), {"hint": hint}))
    return choices


class AskForm(Form):
    text = TextAreaField(
        _l("What would you like to know?"),
        validators=[DataRequired(_l("Write your question."))],
        most=QUESTION_MOST,
    )


class AnswerForm(Form):
    answer = TextAreaField(
        _l("Your answer"), validators=[DataRequired(_l("Write your answer."))], most=ANSWER_MOST
    )
