"""The fields of a training session."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, ValidationError

from charter.sessions import written
from charter.sessions.forms import Number
from training.models import TrainingBooking, TrainingSession
from training.sessions.offering import Offer
from web import clock
from web.forms import Form, QueryForm
from web.pages import long_date

PROGRAMME = "-"
MOST_PLACES = 500
EVERYBODY, OURS = "all", "ours"


class OfferForm(Form):
    whose = RadioField(_l("Who offers it?"), validate_choice=False)
    title = StringField(
        _l("Title"), validators=[DataRequired(_l("Enter a title, like First aid in Mansfield."))]
    )
    modules = SelectMultipleField(
        _l("Which modules or updates does it give?"), validate_choice=False
    )
    day = StringField(
        _l("Day"), validators=[DataRequired(_l("Enter the day, like 3 March 2027."))], most=40
    )
    begins = StringField(
        _l("It begins at"),
        validators=[DataRequired(_l("Enter when it begins, like 4:30pm."))],
        most=20,
    )
    ends = StringField(
        _l("It ends at"), validators=[DataRequired(_l("Enter when it ends, like 6pm."))], most=20
    )
    place = TextAreaField(_l("Address, if people meet at a place"), most=400)
    link = StringField(_l("Link, if people join online"), most=400)
    capacity = Number(
        _l("How many places?"), 1, MOST_PLACES, _l("Enter how many places, from 1 to 500.")
    )
    access_notes = TextAreaField(
        _l("What should people know so that everyone can take part?"), most=600
    )
    for_whom = RadioField(
        _l("Who can book?"),
        choices=[
            SelectChoice(EVERYBODY, _l("Everybody with an account")),
            SelectChoice(OURS, _l("Only people of our organisation")),
        ],
        validate_choice=False,
        validators=[AnyOf((EVERYBODY, OURS), _l("Choose who can book."))],
    )

    def __init__(
        self, whose: Sequence[tuple[str, str]], modules: Sequence[tuple[str, str]], **more: Any
    ):
        super().__init__(**more)
        self.whose.choices = [SelectChoice(key, name) for key, name in whose]
        self.modules.choices = [SelectChoice(key, name) for key, name in modules]
        if len(whose) == 1:
            self.whose.data = whose[0][0]

    def validate_whose(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_l("Choose who offers it."))

    def validate_modules(self, field: Any) -> None:
        known = {choice.value for choice in field.choices}
        if not field.data or not set(field.data) <= known:
            raise ValidationError(_l("Choose one module or more."))

    def validate_day(self, field: Any) -> None:
        if written.day(field.data) is None:
            raise ValidationError(_l("Enter the day like 3 March 2027."))

    def validate_begins(self, field: Any) -> None:
        if written.time_of_day(field.data) is None:
            raise ValidationError(_l("Enter the time like 4:30pm or 16:30."))
        begins = self._moment(field)
        if begins is not None and begins <= clock.now():
            raise ValidationError(_l("Enter a day and a time that are still to come."))

    def validate_ends(self, field: Any) -> None:
        if written.time_of_day(field.data) is None:
            raise ValidationError(_l("Enter the time like 4:30pm or 16:30."))
        begins, ends = self._moment(self.begins), self._moment(field)
        if begins is not None and ends is not None and ends <= begins:
            raise ValidationError(_l("Enter a time after it begins."))

    def validate_place(self, field: Any) -> None:
        if not field.data and not self.link.data:
            raise ValidationError(_l("Enter an address, a link, or both."))

    def validate_link(self, field: Any) -> None:
        typed = field.data or ""
        if typed and (not typed.startswith("https://") or " " in typed):
            raise ValidationError(_l("Enter a link that starts with https://"))

    def _moment(self, field: Any) -> datetime | None:
        on, at = written.day(self.day.data or ""), written.time_of_day(field.data or "")
        return written.moment(on, at) if on and at else None

    def offer(self) -> Offer:
        begins, ends = self._moment(self.begins), self._moment(self.ends)
        if begins is None or ends is None:
            raise ValueError("the form was not validated")
        return Offer(
            title=self.title.data or "",
            modules=[c.value for c in self.modules.choices if c.value in self.modules.data],
            starts_at=begins,
            ends_at=ends,
            place=self.place.data or "",
            link=self.link.data or "",
            capacity=self.capacity.number or 0,
            access_notes=self.access_notes.data or "",
            open_to_all=self.for_whom.data == EVERYBODY,
        )


def as_offered(it: TrainingSession) -> dict[str, Any]:
    """A session in the form's shape."""
    return {
        "whose": it.organisation.slug if it.organisation is not None else PROGRAMME,
        "title": it.title,
        "modules": it.modules,
        "day": long_date(it.starts_at),
        "begins": f"{clock.london(it.starts_at):%H:%M}",
        "ends": f"{clock.london(it.ends_at):%H:%M}",
        "place": it.place,
        "link": it.link,
        "capacity": str(it.capacity),
        "access_notes": it.access_notes,
        "for_whom": EVERYBODY if it.open_to_all else OURS,
    }


class FilterForm(QueryForm):
    module = SelectField(_l("Module"), validate_choice=False)

    def __init__(self, modules: Sequence[tuple[str, str]]):
        super().__init__()
        self.module.choices = [
            SelectChoice("", _l("All modules")),
            *(SelectChoice(key, name) for key, name in modules),
        ]


class BookForm(Form):
    """``wait``: the button said that it is the waiting list."""

    wait = HiddenField()


class TeamForm(Form):
    people = SelectMultipleField(_l("For whom?"), validate_choice=False)

    def __init__(self, choices: Sequence[tuple[str, str]]):
        super().__init__()
        self.people.choices = [SelectChoice(key, name) for key, name in choices]

    def validate_people(self, field: Any) -> None:
        known = {choice.value for choice in field.choices}
        if not field.data or not set(field.data) <= known:
            raise ValidationError(_l("Choose one person or more."))


class CameForm(Form):
    """Who is ticked was there."""

    came = SelectMultipleField(_l("Who came?"), validate_choice=False)
    do = HiddenField()

    def __init__(self, bookings: Sequence[TrainingBooking], present: Sequence[str]):
        super().__init__(data={"came": list(present)})
        self.came.choices = [SelectChoice(b.reference, b.practitioner.called) for b in bookings]


class CodeForm(Form):
    code = StringField(
        _l("Code"),
        validators=[DataRequired(_l("Enter the code that is shown in the room."))],
        most=20,
    )
