"""The one base of every form.

It strips what is typed, refuses what no person types (NUL, half a surrogate pair, texts without
end), gives back what was typed when a session ended, and says each mistake in a sentence.
"""

import re
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation

from web import parking
from web.folding import showable

SHORT, LONG = 200, 5000
"""The most characters of a line and of a text, where a field does not say."""


def tidy(value: Any) -> Any:
    """Strip, with one kind of line end."""
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(value: Any) -> Any:
    """What a line holds: no browser sends line ends there, and they could forge a mail's header."""
    value = tidy(value)
    return re.sub(r"\s*\n\s*", " ", value) if isinstance(value, str) else value


def sane(_form: PlainForm, field: Field) -> None:
    """Refuse what cannot be kept on every database, shown on a page or was never typed by a person.

    Stands before every other validator, so that they and the page see clean text only.
    """
    text = field.data
    if not isinstance(text, str):
        return
    field.data = showable(text)
    if field.data != text or "\ufffd" in text:  # the mark stands for what came broken
        raise StopValidation(
            _l(
                "Mend the characters that read � in “%(field)s”: they cannot be shown.",
                field=field.label.text,
            )
        )
    most = getattr(field, "most", LONG if isinstance(field, TextAreaField) else SHORT)
    if len(text) > most:
        raise StopValidation(
            _l(
                "“%(field)s”: shorten this to %(most)s characters or fewer. It has %(has)s.",
                field=field.label.text,
                most=most,
                has=len(text),
            )
        )


class _Tidy:
    """How every form binds its fields: stripped and sane."""

    def bind_field(self, form: PlainForm, unbound: Any, options: dict[str, Any]) -> Field:
        # ``most=`` may stand on any text field; WTForms does not know it.
        kwargs = dict(unbound.kwargs)
        most = kwargs.pop("most", None)
        kind = unbound.field_class
        if issubclass(kind, StringField):
            if not issubclass(kind, PasswordField):  # a space may be part of a password
                first = tidy if issubclass(kind, TextAreaField | HiddenField) else one_line
                kwargs["filters"] = [first, *kwargs.get("filters", ())]
            kwargs["validators"] = [sane, *kwargs.get("validators", ())]
        field = UnboundField(unbound.field_class, *unbound.args, **kwargs).bind(
            form=form, **options
        )
        if most is not None:
            field.most = most
        return field


class Form(FlaskForm):
    """A form that is posted.  ``given_back`` says that parked text was filled in."""

    class Meta(_Tidy, FlaskForm.Meta):
        pass

    owner = HiddenField()
    given_back = False
    takes_files = False

    def __init__(self, *args: Any, **kwargs: Any):
        if not args and "formdata" not in kwargs:
            args = (self._typed(),)
        super().__init__(*args, **kwargs)
        self.owner.data = parking.owner_token()

    def _typed(self) -> Any:
        """What was posted as a form, or parked.  Only programs send JSON, or a file for a text."""
        if request.method == "POST":
            files = request.files if self.takes_files else MultiDict()
            return CombinedMultiDict((files, request.form))
        kept = parking.parked_here() if request.method == "GET" else None
        self.given_back = kept is not None
        return kept

    def sent(self) -> bool:
        """Posted and without mistakes.  Parked text for this page has then served."""
        if not self.validate_on_submit():
            return False
        if parking.me().is_authenticated:
            parking.forget_parked()
        return True


class QueryForm(PlainForm):
    """The fields of an address's query: searching, filtering.  Nothing to protect, no session."""

    class Meta(_Tidy, PlainForm.Meta):
        pass

    def __init__(self, **kwargs: Any):
        super().__init__(MultiDict(request.args), **kwargs)


def more_errors(form: PlainForm, field: str, *messages: str) -> None:
    """Put what an action refused beside the field it concerns."""
    target = form[field]
    target.errors = [*target.errors, *messages]
