"""Fields with one sentence for whatever is wrong with them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wtforms import RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import DataRequired, StopValidation, ValidationError

from accounts.forms.written import Miswritten
from accounts.words import Word
from web.scheme import Area


class Written(StringField):
    """A line that is kept one way (accounts.forms.written); a miswritten one stays as typed."""

    data: Any

    def __init__(self, label: Any, kind: Callable[[str], str], *, needed: Any = None, **more: Any):
        validators = (*more.pop("validators", ()), *([DataRequired(needed)] if needed else []))
        super().__init__(label, validators, **more)
        self.kind = kind

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002
        if self.errors:
            return
        try:
            self.data = self.kind(self.data or "")
        except Miswritten as miswritten:
            raise ValidationError(miswritten.args[0]) from None


class OneOf(RadioField):
    """One of a list; ``choose`` is said for none and for one that is not on the list."""

    data: Any

    def __init__(self, label: Any, choose: Any, **more: Any):
        super().__init__(label, **more)
        self.type = "RadioField"
        self.choose = choose

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        if self.data not in {choice.value for choice in self.choices or ()}:
            raise StopValidation(self.choose)


class AnyOf(SelectMultipleField):
    """Some of a list, or none; ``choose`` is said for one that is not on the list."""

    data: Any

    def __init__(self, label: Any, choose: Any, **more: Any):
        super().__init__(label, **more)
        self.type = "SelectMultipleField"
        self.choose = choose

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        known = {choice[0] if isinstance(choice, tuple) else choice.value
                 for choice in self.choices or ()}  # fmt: skip
        if not known.issuperset(self.data or ()):
            raise StopValidation(self.choose)


class SomeOf(AnyOf):
    """One or more of a list."""

    def pre_validate(self, form: Any) -> None:
        self.data = list(dict.fromkeys(self.data or ()))
        if not self.data:
            raise StopValidation(self.choose)
        super().pre_validate(form)


def of_words(words: Mapping[str, Word]) -> list[SelectChoice]:
    return [
        SelectChoice(key, word.label, {"hint": word.hint} if word.hint else {})
        for key, word in words.items()
    ]


def of_areas(areas: Iterable[Area]) -> list[SelectChoice]:
    return [SelectChoice(area.key, area.name) for area in areas]
