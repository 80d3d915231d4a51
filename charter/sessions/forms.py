"""The fields of a charter session, on both sides."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, ValidationError

from charter.models import CharterSession
from charter.sessions import written
from charter.sessions.actions import Offer, Wish
from web import clock
from web.forms import Form

SESSION, INTEREST = "session", "interest"
OURS, ELSEWHERE, ONLINE = "ours", "elsewhere", "online"
WHERE = {
    OURS: _l("At our place"),
    ELSEWHERE: _l("Somewhere else"),
    ONLINE: _l("Online"),
}
ROOM, LINK = "room", "online"
NOTE_MOST = 1000
MOST_PEOPLE, MOST_TRAINERS, LONGEST = 500, 20, 600


class Number(StringField):
    """A whole number within bounds; what was typed stays as typed."""

    def __init__(self, label: Any, least: int, greatest: int, sentence: Any, **more: Any):
        self.optional = more.pop("optional", False)
        super().__init__(label, **more)
        self.least, self.greatest, self.sentence = least, greatest, sentence

    @property
    def number(self) -> int | None:
        typed = self.data or ""
        if not (typed.isascii() and typed.isdigit() and len(typed) < 7):
            return None
        return int(typed)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002
        if self.errors or (self.optional and not self.data):
            return
        if self.number is None or not self.least <= self.number <= self.greatest:
            raise ValidationError(self.sentence)


class WishForm(Form):
    wanted = RadioField(
        _l("What would you like?"),
        choices=[
            SelectChoice(
                SESSION,
                _l("A charter session"),
                {"hint": _l("Trained young people come and talk about the charter with you.")},
            ),
            SelectChoice(
                INTEREST,
                _l("Only to say that we are interested"),
                {"hint": _l("The Charter team will get in touch.")},
            ),
        ],
        validate_choice=False,
        validators=[AnyOf((SESSION, INTEREST), _l("Choose what you would like."))],
    )
    when_suits = TextAreaField(_l("When would suit you?"), most=400)
    where_suits = RadioField(
        _l("Where?"),
        choices=[SelectChoice(key, label) for key, label in WHERE.items()],
        validate_choice=False,
    )
    people = Number(
        _l("About how many of you would take part?"),
        1,
        MOST_PEOPLE,
        _l("Enter a number from 1 to 500, like 12."),
        optional=True,
    )
    access_needs = TextAreaField(
        _l("What should we know so that everyone can take part?"), most=600
    )

    def validate_when_suits(self, field: Any) -> None:
        if self.wanted.data == SESSION and not field.data:
            raise ValidationError(_l("Say when would suit you, like Tuesdays after 5pm."))

    def validate_where_suits(self, field: Any) -> None:
        if field.data and field.data not in WHERE:
            raise ValidationError(_l("Choose where."))
        if self.wanted.data == SESSION and not field.data:
            raise ValidationError(_l("Choose where."))

    def wish(self) -> Wish:
        return Wish(
            wants_session=self.wanted.data == SESSION,
            when_suits=self.when_suits.data or "",
            where_suits=self.where_suits.data or "",
            people=self.people.number,
            access_needs=self.access_needs.data or "",
        )


def wish_of(booking: CharterSession) -> dict[str, Any]:
    """What was asked, in the form's shape."""
    return {
        "wanted": SESSION if booking.wants_session else INTEREST,
        "when_suits": booking.when_suits,
        "where_suits": booking.where_suits,
        "people": str(booking.people or ""),
        "access_needs": booking.access_needs,
    }


class AcceptForm(Form):
    """``seen`` tells which offer the page showed: nobody accepts a date they have not read."""

    seen = HiddenField()


class NoteForm(Form):
    note = TextAreaField(_l("Why?"), most=NOTE_MOST)

    def __init__(self, label: Any = None, missing: Any = None, **more: Any):
        super().__init__(**more)
        self.missing = missing
        if label is not None:
            self.note.label.text = label

    def validate_note(self, field: Any) -> None:
        if self.missing is not None and not field.data:
            raise ValidationError(self.missing)


# The Charter team


class OfferForm(Form):
    """``seen`` tells what the page showed of it."""

    seen = HiddenField()
    day = StringField(
        _l("Day"), validators=[DataRequired(_l("Enter the day, like 3 March 2027."))], most=40
    )
    time = StringField(
        _l("Time"), validators=[DataRequired(_l("Enter the time, like 4:30pm."))], most=20
    )
    minutes = Number(
        _l("How many minutes it takes"), 10, LONGEST, _l("Enter how many minutes, like 90.")
    )
    how = RadioField(
        _l("Where?"),
        choices=[SelectChoice(ROOM, _l("At a place")), SelectChoice(LINK, _l("Online"))],
        validate_choice=False,
        validators=[AnyOf((ROOM, LINK), _l("Choose where."))],
    )
    place = TextAreaField(
        _l("The address, or how to join"),
        validators=[DataRequired(_l("Enter the address, or how to join."))],
        most=400,
    )
    trainers = Number(
        _l("How many young trainers come"),
        1,
        MOST_TRAINERS,
        _l("Enter how many young trainers come, from 1 to 20."),
    )
    adult = StringField(
        _l("The adult who comes with them"),
        validators=[DataRequired(_l("Enter the name of the adult who comes with them."))],
        most=100,
    )
    note = TextAreaField(_l("A few words with it, if you like"), most=NOTE_MOST)

    def validate_day(self, field: Any) -> None:
        if written.day(field.data) is None:
            raise ValidationError(_l("Enter the day like 3 March 2027."))

    def validate_time(self, field: Any) -> None:
        if written.time_of_day(field.data) is None:
            raise ValidationError(_l("Enter the time like 4:30pm or 16:30."))
        moment = self.moment()
        if moment is not None and moment <= clock.now():
            raise ValidationError(_l("Enter a day and a time that are still to come."))

    def moment(self) -> datetime | None:
        on, at = written.day(self.day.data or ""), written.time_of_day(self.time.data or "")
        return written.moment(on, at) if on and at else None

    def offer(self) -> Offer:
        moment = self.moment()
        if moment is None:
            raise ValueError("the form was not validated")
        return Offer(
            starts_at=moment,
            minutes=self.minutes.number or 0,
            online=self.how.data == LINK,
            place=self.place.data or "",
            trainers=self.trainers.number or 0,
            adult=self.adult.data or "",
        )


class HeldForm(Form):
    came = Number(
        _l("How many took part?"), 0, MOST_PEOPLE, _l("Enter how many took part, from 0 to 500.")
    )
    thanks = TextAreaField(_l("A line of thanks to them"), most=400)
