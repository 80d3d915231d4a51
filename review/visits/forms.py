"""The fields of a call or visit, and of the young assessors' sheet."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired

from accounts.forms.fields import OneOf
from endorsement.assessing.forms import PointField
from endorsement.fields import DayField, in_words
from review.models import Visit, VisitSheet
from review.visits.actions import Planned, Said, Seen
from review.visits.questions import questions
from review.visits.wording import HINTS, KINDS, STARS
from web.forms import Form, more_errors

NO_DAY = _l("Write the day, like 3 March 2027.")
MOST_MINUTES = 1000


class YoungField(SelectMultipleField):
    """Who comes along: any of them, or nobody."""

    def __init__(self, label: Any, **more: Any):
        super().__init__(label, **more)
        self.type = "SelectMultipleField"


class PlanForm(Form):
    kind = OneOf(_l("What will it be?"), _l("Choose one of the three."))
    on = DayField(_l("On which day?"), validators=[DataRequired(NO_DAY)], most=40)
    who = TextAreaField(_l("Who meets whom?"), most=500)
    young = YoungField(_l("Which young assessors come?"))

    def __init__(self, may_come: Sequence[Any], visit: Visit | None = None):
        self.may_come = may_come
        super().__init__(data=_planned(visit, may_come))
        self.kind.choices = [
            SelectChoice(key, word, {"hint": HINTS[key]}) for key, word in KINDS.items()
        ]
        self.young.choices = [SelectChoice(str(p.id), p.name) for p in may_come]
        if not may_come:
            del self.young

    def planned(self) -> Planned:
        chosen = self.young.data if "young" in self else []
        young = [person for person in self.may_come if str(person.id) in chosen]
        return Planned(self.kind.data, _day(self.on), self.who.data or "", young)


class SeenForm(Form):
    on = DayField(_l("On which day was it?"), validators=[DataRequired(NO_DAY)], most=40)
    who = TextAreaField(_l("Who met whom?"), most=500)
    seen = TextAreaField(
        _l("What did you see and hear?"),
        validators=[DataRequired(_l("Write what you saw and heard."))],
        most=4000,
    )
    heard_young_people = BooleanField(_l("We heard young people, without the place’s staff"))
    two = BooleanField(_l("Two young assessors or more were together all the time"))
    in_sight = BooleanField(_l("A checked adult from our own team had them in sight"))
    no_tie = BooleanField(_l("None of them goes there or knows someone there"))

    def __init__(self, visit: Visit):
        super().__init__(data=_seen(visit))
        self.came = bool(visit.sheets)
        if not self.came:
            del self.two, self.in_sight, self.no_tie

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        for name in ("two", "in_sight", "no_tie") if self.came else ():
            if not self[name].data:
                more_errors(self, name, _("Tick this, or leave the young assessors out."))
                fine = False
        return fine

    def told(self) -> Seen:
        return Seen(
            _day(self.on),
            self.who.data or "",
            self.seen.data or "",
            bool(self.heard_young_people.data),
            self.came,
        )


class SheetForm(Form):
    """One radio group of stars and a few words for each question; nothing is owed until sent."""

    seen = TextAreaField(_l("What else did you see?"), most=2000)
    minutes = StringField(_l("How many minutes did you give?"), most=4)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        minutes = self.minutes.data or ""
        if minutes and not (minutes.isdecimal() and int(minutes) <= MOST_MINUTES):
            more_errors(self, "minutes", _("Write a number, like 90."))
            fine = False
        return fine

    def whole(self) -> bool:
        """Whether it can be sent; says beside each field what is still owed."""
        owed = {f"stars_{q.key}": _("Choose how many stars.") for q in questions()}
        owed["minutes"] = _("Write how many minutes it took, with the way there and back.")
        missing = [name for name in owed if not self[name].data]
        for name in missing:
            more_errors(self, name, owed[name])
        return not missing

    def said(self) -> Said:
        answers: dict[str, Any] = {}
        for question in questions():
            stars, words = (self[f"{part}_{question.key}"].data for part in ("stars", "words"))
            answers[question.key] = {"stars": int(stars) if stars else None, "words": words or ""}
        answers["seen"] = {"words": self.seen.data or ""}
        return Said(answers, int(self.minutes.data or 0))


@cache
def _with_questions() -> type[SheetForm]:
    fields: dict[str, Any] = {}
    for question in questions():
        fields[f"stars_{question.key}"] = PointField(question.text, validate_choice=False)
        fields[f"words_{question.key}"] = TextAreaField(_l("Why?"), most=800)
    return type("QuestionsForm", (SheetForm,), fields)


def sheet_form(sheet: VisitSheet) -> SheetForm:
    data: dict[str, Any] = {"minutes": str(sheet.minutes or "")}
    data["seen"] = sheet.answers.get("seen", {}).get("words", "")
    for question in questions():
        said = sheet.answers.get(question.key, {})
        data[f"stars_{question.key}"] = str(said.get("stars") or "")
        data[f"words_{question.key}"] = said.get("words", "")
    form = _with_questions()(data=data)
    for question in questions():
        form[f"stars_{question.key}"].choices = [
            SelectChoice(str(number), word) for number, word in STARS.items()
        ]
    return form


def _planned(visit: Visit | None, may_come: Sequence[Any]) -> dict[str, Any]:
    if visit is None:
        return {}
    come = {sheet.person_id for sheet in visit.sheets}
    young = [str(person.id) for person in may_come if person.id in come]
    return {"kind": visit.kind, "on": in_words(visit.on), "who": visit.who, "young": young}


def _seen(visit: Visit) -> dict[str, Any]:
    safe = visit.young_kept_safe
    return {
        "on": in_words(visit.on),
        "who": visit.who,
        "seen": visit.seen,
        "heard_young_people": visit.heard_young_people,
        "two": safe,
        "in_sight": safe,
        "no_tie": safe,
    }


def _day(field: DayField) -> date:
    assert field.day is not None  # noqa: S101 - the form was valid
    return field.day
