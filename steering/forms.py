"""The fields of seats, times and ties."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from accounts.forms import written
from accounts.forms.fields import OneOf, Written
from accounts.sign_in.forms import email_field
from steering.models.assessors import ADULT
from steering.models.seats import CHAIR, DEPUTY, DEPUTY_CHAIR, MEMBER
from steering.words import KINDS, PARTS, TEAM_TIES, TIES, YOUTH_TIES
from web import clock, days
from web.forms import Form
from web.scheme import Scheme


class DayField(StringField):
    """A day as people write it; ``day`` is what was meant."""

    def __init__(self, label: Any, needed: Any = None, **more: Any):
        owed = [DataRequired(needed)] if needed else []
        super().__init__(label, [*more.pop("validators", ()), *owed], **more)

    @property
    def day(self) -> date | None:
        return days.day(self.data) if self.data else None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002
        if not self.errors and self.data and self.day is None:
            raise ValidationError(_l("Enter the day like 3 March 2027."))


def last_day() -> Any:
    return DayField(_l("Last day"), _l("Enter the last day, like 3 March 2028."), most=40)


def decided() -> Any:
    return StringField(
        _l("Where was this decided?"),
        validators=[
            DataRequired(_l("Say where this was decided, like: Meeting of 4 January 2027, item 3."))
        ],
        most=300,
    )


def to_come(field: Any) -> None:
    if field.day is not None and field.day <= clock.today():
        raise ValidationError(_l("Enter a day that is still to come."))


def _which(words: Any, *keys: str) -> list[SelectChoice]:
    return [SelectChoice(key, words[key]) for key in keys]


class SeatForm(Form):
    group = OneOf(_l("Which group is it for?"), _l("Choose a group."))
    body = StringField(_l("Whom does it speak for?"), most=200)

    def __init__(self, scheme: Scheme, **more: Any):
        super().__init__(**more)
        self.group.choices = [SelectChoice(g.key, g.name) for g in scheme.constituencies]

    def validate_body(self, field: Any) -> None:
        if self.group.data in ("agency", "voluntary") and not field.data:
            raise ValidationError(_l("Write whom the seat speaks for, like Example Council."))

    def whom(self) -> str:
        """A young person speaks for nobody's employer."""
        return "" if self.group.data == "youth" else self.body.data or ""


class Somebody(Form):
    email = email_field()
    name = Written(_l("Their name, if they have no account yet"), written.name, most=100)


class AppointForm(Somebody):
    part = OneOf(
        _l("As what?"), _l("Choose member or deputy."), choices=_which(PARTS, MEMBER, DEPUTY)
    )
    until = last_day()
    decision = decided()

    def validate_until(self, field: Any) -> None:
        to_come(field)


class ChairForm(Form):
    part = OneOf(_l("As what?"), _l("Choose chair or deputy chair."),
                 choices=_which(PARTS, CHAIR, DEPUTY_CHAIR))  # fmt: skip
    who = OneOf(_l("Who?"), _l("Choose who."))
    until = last_day()
    decision = decided()

    def __init__(self, holders: Sequence[Any], **more: Any):
        super().__init__(**more)
        self.holders = {term.reference: term.person for term in holders}
        self.who.choices = [SelectChoice(key, p.name) for key, p in self.holders.items()]

    def validate_until(self, field: Any) -> None:
        to_come(field)


class AssessorForm(Somebody):
    kind = OneOf(_l("As what?"), _l("Choose adult or young."), choices=_which(KINDS, *KINDS))
    leads = BooleanField(_l("They are a lead assessor"))
    most_open = StringField(_l("Cases at once, if it is not the usual number"), most=4)
    until = last_day()
    decision = decided()

    def validate_until(self, field: Any) -> None:
        to_come(field)

    def validate_most_open(self, field: Any) -> None:
        if field.data and not (
            field.data.isascii() and field.data.isdigit() and int(field.data) <= 50
        ):
            raise ValidationError(_l("Enter a number from 0 to 50."))

    def validate_leads(self, field: Any) -> None:
        if field.data and self.kind.data != ADULT:
            raise ValidationError(_l("Only an adult can be a lead assessor."))

    @property
    def most(self) -> int | None:
        return int(self.most_open.data) if self.most_open.data else None


class EndForm(Form):
    why = TextAreaField(
        _l("Why?"), validators=[DataRequired(_l("Write why. They can read it."))], most=500
    )


class TieForm(Form):
    """``which``: asked where several organisations have such a name."""

    organisation = StringField(
        _l("Which organisation?"),
        validators=[DataRequired(_l("Write the organisation’s name."))],
        most=200,
    )
    which = RadioField(_l("Which of these?"), choices=[], validate_choice=False)
    kind = OneOf(_l("What ties you to it?"), _l("Choose what ties you to it."),
                 choices=_which(TIES, *TIES))  # fmt: skip
    over = DayField(_l("When did it end?"), most=40)

    def for_youth(self) -> None:
        """Few words, and no day: a young person is asked nothing that they need to look up."""
        self.organisation.label.text = _l("Which place?")
        self.kind.label.text = _l("Do you go there, or know someone there?")
        self.kind.choices = _which(YOUTH_TIES, *YOUTH_TIES)
        del self.over

    def validate_over(self, field: Any) -> None:
        if field.day is not None and field.day > clock.today():
            raise ValidationError(_l("Enter a day that has passed, or leave it empty."))


class TeamTieForm(TieForm):
    who = OneOf(_l("Who?"), _l("Choose who."))
    kind = OneOf(_l("What ties them to it?"), _l("Choose what ties them to it."),
                 choices=_which(TEAM_TIES, *TEAM_TIES))  # fmt: skip


class OverForm(Form):
    over = DayField(_l("When did it end?"), _l("Enter the day it ended, like 3 March 2027."),
                    most=40)  # fmt: skip

    def validate_over(self, field: Any) -> None:
        if field.day is not None and field.day > clock.today():
            raise ValidationError(_l("Enter a day that has passed."))
