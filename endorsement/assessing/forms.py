"""The fields of a self-assessment."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from accounts.forms.fields import OneOf
from endorsement.assessing.actions import Said
from endorsement.assessing.loading import OneStandard
from endorsement.fields import DayField, in_words
from endorsement.models import ImprovementAction
from endorsement.plan.actions import Planned
from web.forms import Form
from web.merging import Facts, SharedForm

DOES_NOT_APPLY = "na"
REASON_MOST, LINE_MOST, ACTION_MOST = 2000, 1000, 600
ASKED = ("first", "second", "third", "fourth")
"""A framework asks as many plain questions as these, to choose the track by."""


class PointField(RadioField):
    """A point of the scale, or none yet."""

    def __init__(self, label: Any, **more: Any):
        super().__init__(label, **more)
        self.type = "RadioField"

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        if self.data and self.data not in {choice.value for choice in self.choices or ()}:
            raise StopValidation(_l("Choose one of the points."))


class StandardForm(SharedForm):
    """All of a standard's page.  Nothing is owed while it is being written."""

    rating = PointField(_l("Which of these is most like you today?"), validate_choice=False)
    reason = TextAreaField(_l("Why?"), most=REASON_MOST)
    shown_by = TextAreaField(_l("What shows it?"), most=LINE_MOST)
    at_visit = BooleanField(_l("We will show this at the visit"))
    voices = TextAreaField(_l("What do young people say?"), most=LINE_MOST)
    what = TextAreaField(_l("What will you do?"), most=ACTION_MOST)
    who = StringField(_l("Who does it?"), most=100)
    by_on = DayField(_l("By when?"), most=40)
    young_people = TextAreaField(_l("How are young people involved?"), most=ACTION_MOST)

    def __init__(self, at: OneStandard, action: ImprovementAction | None, **more: Any):
        super().__init__(facts_of(at, action), **more)
        self.rating.choices = points_of(at)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if not self.what.data and (self.who.data or self.by_on.data or self.young_people.data):
            self.what.errors = [*self.what.errors, _("Write what you will do as well.")]
            fine = False
        return fine

    def said(self) -> Said:
        chosen = self.rating.data or ""
        return Said(
            rating=int(chosen) if chosen.isdigit() else None,
            does_not_apply=chosen == DOES_NOT_APPLY,
            reason=self.reason.data or "",
            shown_by=self.shown_by.data or "",
            at_visit=bool(self.at_visit.data),
            voices=self.voices.data or "",
        )

    def planned(self) -> Planned:
        return Planned(
            self.what.data or "", self.who.data or "", self.by_on.day, self.young_people.data or ""
        )


def facts_of(at: OneStandard, action: ImprovementAction | None) -> Facts:
    answer = at.answer
    return {
        "rating": _chosen(answer),
        "reason": answer.reason if answer else "",
        "shown_by": answer.shown_by if answer else "",
        "at_visit": bool(answer and answer.at_visit),
        "voices": answer.voices if answer else "",
        "what": action.what if action else "",
        "who": action.who if action else "",
        "by_on": in_words(action.by_on) if action else "",
        "young_people": action.young_people if action else "",
    }


def points_of(at: OneStandard) -> list[SelectChoice]:
    """Each point of the scale with what it looks like for this standard."""
    choices = [
        SelectChoice(str(point.value), point.name, {"hint": descriptor})
        for point, descriptor in zip(at.framework.scale, at.standard.descriptors, strict=True)
    ]
    if at.framework.may_not_apply(at.standard):
        hint = _("Say why below. An assessor has to agree.")
        choices.append(SelectChoice(DOES_NOT_APPLY, _("It does not apply to us"), {"hint": hint}))
    return choices


class TrackForm(Form):
    """Two plain questions lead to a track; whoever knows better chooses."""

    first = OneOf("", _l("Choose yes or no."))
    second = OneOf("", _l("Choose yes or no."))
    third = OneOf("", _l("Choose yes or no."))
    fourth = OneOf("", _l("Choose yes or no."))
    four_tuesdays = BooleanField(_l("Lead us through it in four short evenings"))

    def __init__(self, questions: tuple[str, ...], **more: Any):
        super().__init__(**more)
        for name, question in zip(ASKED, questions, strict=False):
            self[name].label.text = question
            self[name].choices = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
        for name in ASKED[len(questions) :]:
            del self[name]

    def all_yes(self) -> bool:
        return all(self[name].data == "yes" for name in ASKED if name in self)


class ChangeTrackForm(Form):
    track = OneOf(_l("Which one are you on?"), _l("Choose one of the two."))
    four_tuesdays = BooleanField(_l("Lead us through it in four short evenings"))

    def offer(self, tracks: Any) -> None:
        self.track.choices = [
            SelectChoice(track.key, track.name, {"hint": track.meaning}) for track in tracks
        ]


class Press(Form):
    """A button."""


def _chosen(answer: Any) -> str:
    if answer is None:
        return ""
    if answer.does_not_apply:
        return DOES_NOT_APPLY
    return "" if answer.rating is None else str(answer.rating)
