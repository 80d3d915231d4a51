"""The fields of the report, of the organisation's facts and of their answers."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from accounts.forms.fields import OneOf
from endorsement.assessing.forms import DOES_NOT_APPLY, PointField, Press
from endorsement.fields import DayField
from review.report import actions, settling
from review.report.actions import Found
from review.report.loading import OnePoint, OneStandard
from web.forms import Form, more_errors
from web.merging import Facts, SharedForm

REASON_MOST, STEP_MOST, SUMMARY_MOST = 2000, 1000, 4000
NOT_YET = "none"

__all__ = ["Press"]


class FindingForm(SharedForm):
    """One standard; nothing is owed while it is being written."""

    rating = PointField(_l("What do you settle on?"), validate_choice=False)
    reason = TextAreaField(_l("Why this one?"), most=REASON_MOST)
    next_step = TextAreaField(_l("What could they do next?"), most=STEP_MOST)

    def __init__(self, at: OneStandard, claim: Any):
        super().__init__(facts_of(at.finding))
        self.rating.choices = points_of(at, claim)

    def found(self) -> Found:
        return found_in(self)


class WordsForm(SharedForm):
    summary = TextAreaField(_l("What you found"), most=SUMMARY_MOST)
    plain = TextAreaField(_l("The same for the young members"), most=SUMMARY_MOST)

    def __init__(self, report: Any):
        super().__init__(words_of(report))


class LevelForm(Form):
    level = OneOf(_l("What do you recommend?"), _l("Choose one of these."))

    def __init__(self, case: Any):
        super().__init__(data={"level": case.report.level or NOT_YET})
        levels = actions.levels_of(case)
        self.level.choices = [
            SelectChoice(level.key, level.name, {"hint": level.meaning})
            for level in reversed(levels)
        ]
        self.level.choices.append(SelectChoice(NOT_YET, _("Not yet")))

    def chosen(self) -> str | None:
        return None if self.level.data == NOT_YET else self.level.data


class ConditionForm(Form):
    standard = SelectField(_l("Which standard is it about?"), validate_choice=True)
    what = TextAreaField(
        _l("What must be done?"), validators=[DataRequired(_l("Write what must be done."))],
        most=600,
    )  # fmt: skip
    by_on = DayField(
        _l("By when?"), validators=[DataRequired(_l("Write the day, like 3 March 2027."))], most=40
    )

    def __init__(self, case: Any):
        super().__init__()
        findings = {f.standard: f for f in case.report.findings}
        self.standard.choices = [
            SelectChoice(s.key, s.name)
            for s in case.standards
            if settling.may_have_condition(case.framework, s.key, findings)
        ]


class FactForm(SharedForm):
    text = TextAreaField(_l("Which fact is wrong, and what is right?"), most=2000)

    def __init__(self, at: OnePoint):
        super().__init__({"text": at.point.text if at.point else ""})


class AnswerForm(Form):
    accepted = OneOf(_l("Are they right?"), _l("Choose one of the two."))
    answer = TextAreaField(
        _l("Your answer"), validators=[DataRequired(_l("Write what you tell them."))], most=2000
    )
    rating = PointField(_l("What do you settle on now?"), validate_choice=False)
    reason = TextAreaField(_l("Why this one?"), most=REASON_MOST)
    next_step = TextAreaField(_l("What could they do next?"), most=STEP_MOST)

    def __init__(self, at: OneStandard | None, claim: Any, readings: Any):
        self.at, self.readings = at, readings
        super().__init__(data=facts_of(at.finding) if at else {})
        self.accepted.choices = [
            SelectChoice("yes", _("Yes. We change the report.") if at else _("Yes")),
            SelectChoice("no", _("No. It stands.")),
        ]
        if at is None:
            del self.rating, self.reason, self.next_step
        else:
            self.rating.choices = points_of(at, claim)

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and self._is_whole()

    @property
    def is_accepted(self) -> bool:
        return bool(self.accepted.data == "yes")

    def found(self) -> Found | None:
        return found_in(self) if self.at is not None else None

    def _is_whole(self) -> bool:
        """What is changed is as whole as what was sent."""
        if not self.is_accepted or self.at is None:
            return True
        left = settling.owed(self.readings, found_in(self))
        owed = {
            settling.RATING: ("rating", _("Choose a rating.")),
            settling.REASON: ("reason", _("Say why. Not all readings say this.")),
            settling.NEXT_STEP: ("next_step", _("Write what they could do next.")),
        }
        for what in left:
            more_errors(self, owed[what][0], owed[what][1])
        return not left


def found_in(form: Any) -> Found:
    chosen = form.rating.data or ""
    return Found(
        rating=int(chosen) if chosen.isdigit() else None,
        does_not_apply=chosen == DOES_NOT_APPLY,
        reason=form.reason.data or "",
        next_step=form.next_step.data or "",
    )


def facts_of(finding: Any) -> Facts:
    rating = "" if finding.rating is None else str(finding.rating)
    return {
        "rating": DOES_NOT_APPLY if finding.does_not_apply else rating,
        "reason": finding.reason,
        "next_step": finding.next_step,
    }


def words_of(report: Any) -> Facts:
    return {"summary": report.summary, "plain": report.plain}


def points_of(at: OneStandard, claim: Any) -> list[SelectChoice]:
    """Each point with what it looks like here; "does not apply" where they said so."""
    choices = [
        SelectChoice(str(point.value), point.name, {"hint": descriptor})
        for point, descriptor in zip(at.framework.scale, at.standard.descriptors, strict=True)
    ]
    if (claim and claim["does_not_apply"]) or at.finding.does_not_apply:
        hint = _("They say so. Choose this if you agree.")
        choices.append(SelectChoice(DOES_NOT_APPLY, _("It does not apply to them"), {"hint": hint}))
    return choices
