"""The fields that all drafts share: the whole text, the group's approval, publishing, a button."""

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from web import clock
from web.forms import Form
from web.toml_errors import LARGEST, FieldError, text_from

TEXT_MOST = 2000
DAY = _l("Enter a day, like 3/3/2027.")


def _without_tabs(value: Any) -> Any:
    return value.replace("\t", " ") if isinstance(value, str) else value


def line(label: Any, missing: Any = "", most: int = 200) -> StringField:
    needed = [InputRequired(missing)] if missing else []
    return StringField(label, validators=needed, filters=[_without_tabs], most=most)


def area(label: Any, missing: Any = "", most: int = TEXT_MOST) -> TextAreaField:
    needed = [InputRequired(missing)] if missing else []
    return TextAreaField(label, validators=needed, filters=[_without_tabs], most=most)


def lines_of(typed: str | None) -> list[str]:
    return [" ".join(part.split()) for part in (typed or "").split("\n") if part.strip()]


def as_day(typed: str) -> date | None:
    """2027-03-03, as a browser sends it, or 3/3/2027, as people write it."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed, re.ASCII)
    parts = found.groups() if found else ()
    if not parts:
        found = re.fullmatch(r"(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})", typed, re.ASCII)
        parts = found.groups()[::-1] if found else ()
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


class FileForm(Form):
    """The whole text: pasted, or as a file.  ``seen`` is the mark of what the page showed."""

    takes_files = True
    seen = HiddenField(most=100)
    text = TextAreaField(_l("The whole text"), most=LARGEST)
    file = FileField(_l("Or choose a file"))
    retire = BooleanField(_l("Yes, these are retired"))

    given = ""
    """What was given, whichever way."""

    def validate_file(self, field: FileField) -> None:
        if field.data is None or not getattr(field.data, "filename", ""):
            self.given = self.text.data or ""
            return
        try:
            self.given = text_from(field.data.read(LARGEST + 1))
        except FieldError as wrong:
            raise ValidationError(
                f"{wrong.what[0].upper()}{wrong.what[1:]}. {wrong.mend}."
            ) from None


class ApprovalForm(Form):
    """What the group decided.  ``seen`` is the mark of the text that the page showed."""

    seen = HiddenField(most=64)
    group_name = line(_l("Which group?"), _l("Enter the group’s name."), most=100)
    agreed_on = line(_l("On which day did it meet?"), DAY, most=20)
    agency = area("", most=2000)
    voluntary = area("", most=2000)
    youth = area("", most=2000)
    note = area(_l("Anything to remember?"), most=1000)

    day: date | None = None
    """The date, once it is known to be one."""

    def ask_of(self, constituencies: Any) -> None:
        """The three groups by the names that the scheme gives them."""
        self.quorum = {group.key: group.quorum for group in constituencies}
        for group in constituencies:
            self[group.key].label.text = str(_l("Who agreed for: %(group)s", group=group.name))

    def validate_agreed_on(self, field: StringField) -> None:
        self.day = as_day(field.data or "")
        if self.day is None:
            raise ValidationError(DAY)
        if self.day > clock.today():
            raise ValidationError(_l("That day is still to come. Enter the day they agreed."))

    def validate_agency(self, field: TextAreaField) -> None:
        self._enough(field)

    def validate_voluntary(self, field: TextAreaField) -> None:
        self._enough(field)

    def validate_youth(self, field: TextAreaField) -> None:
        self._enough(field)

    def _enough(self, field: TextAreaField) -> None:
        """As many as the scheme's quorum asks for, which is never less than one."""
        people, needed = lines_of(field.data), self.quorum[field.name]
        if len(people) < needed:
            raise ValidationError(
                _l("Name at least %(n)s of this group, one on each line.", n=needed)
            )
        field.data = "\n".join(people)


class PublishForm(Form):
    seen = HiddenField(most=100)
    looked = BooleanField(
        validators=[InputRequired(_l("Tick the box when you have looked at the preview."))]
    )


class DiscardForm(Form):
    note = area(_l("Why?"), _l("Write a few words that say why."), most=500)


class Press(Form):
    """A button."""
