"""Two people save one thing: nothing is lost, and nothing is silently overwritten.

A form over a thing that several people edit carries, signed, what the thing was when the form was
opened.  On saving, each field is merged against that: one that only one side changed takes the
change; one that both changed, each differently, is shown with both texts to choose from
(templates/components/both_texts.html).  The audit's values would not do for this: they are purged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer
from wtforms import Field, HiddenField, SelectFieldBase

from web.forms import Form, more_errors

Facts = dict[str, Any]
"""A thing in its form's shape: field name → what the field holds (text, keys, yes or no)."""

TWO_TEXTS = _l(
    "Something else was saved here while you were typing. Choose one of the two, or "
    "put them together."
)


def three_way(opened: Facts, mine: Facts, theirs: Facts) -> tuple[Facts, list[str]]:
    """Merge field by field.

    Returns the merged facts, and the names of the fields both changed, of which they hold mine.
    A field that ``opened`` does not know counts as changed by both.
    """
    merged, clashes = {}, []
    for name, now in theirs.items():
        was, typed = opened.get(name, _UNKNOWN), mine[name]
        if _same(typed, now) or _same(was, typed):
            merged[name] = now
        elif _same(was, now):
            merged[name] = typed
        elif all(isinstance(value, list) for value in (was, typed, now)):
            merged[name] = _merged_list(was, typed, now)
        else:
            merged[name] = typed
            clashes.append(name)
    return merged, clashes


_UNKNOWN = object()


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool((one or "") == (other or ""))


def _merged_list(was: Iterable[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """What either added is in it, what either took away is not."""
    was = list(was)
    kept = [key for key in theirs if key in mine or key not in was]
    return kept + [key for key in mine if key not in was and key not in theirs]


@dataclass(frozen=True)
class BothTexts:
    """What the other person saved, for people to read: the typed text stands in the field."""

    theirs: str


class SharedForm(Form):
    """A form over a thing that several people edit.

    ``facts`` is the thing as it is now; ``new``: nobody else has it yet.  ``validate`` merges; the
    merged values then stand in the fields.  With a clash it fails, and ``clashes`` holds the
    fields to show with both texts.
    """

    opened = HiddenField(most=200_000)

    def __init__(self, facts: Facts, *, new: bool = False, **more: Any):
        self.now, self.new = facts, new
        self.clashes: dict[str, BothTexts] = {}
        super().__init__(data=facts, **more)
        if request.method == "GET" and not self.opened.data:
            self.opened.data = opened_as(facts)

    def validate(self, extra_validators: Any = None) -> bool:
        opened = self.now if self.new else _what_was_opened(self.opened.data)
        self._take_chosen(opened)
        return bool(super().validate(extra_validators)) and self._merge(opened)

    def facts(self) -> Facts:
        """What the fields hold now."""
        return {name: self[name].data for name in self.now}

    def _merge(self, opened: Facts) -> bool:
        merged, clashes = three_way(opened, self.facts(), self.now)
        for name, value in merged.items():
            self[name].data = value
        for name in clashes:
            self.clashes[name] = BothTexts(_in_words(self[name], self.now[name]))
            more_errors(self, name, str(TWO_TEXTS))
        if clashes:
            self.opened.data = opened_as(self.now)
        return not clashes

    def _take_chosen(self, opened: Facts) -> None:
        """Where the person chose the other's text, which is the one the form was opened with."""
        for name in opened.keys() & self.now.keys():
            if request.form.get(f"keep-{name}") == "theirs":
                self[name].data = opened[name]


def _what_was_opened(token: str | None) -> Facts:
    """Empty for a token that was lost or tampered with: then every difference is shown."""
    try:
        found = _signer().loads(token or "")
    except BadData:
        return {}
    return found if isinstance(found, dict) else {}


def _in_words(field: Field, value: Any) -> str:
    """A choice by its label."""
    if isinstance(value, bool):
        return str(_l("Yes") if value else _l("No"))
    if not isinstance(field, SelectFieldBase):
        return str(value or "")
    keys = [str(v) for v in (value if isinstance(value, list) else [value])]
    return ", ".join(str(label) for key, label, *_ in field.iter_choices() if str(key) in keys)


def opened_as(facts: Facts) -> str:
    """What a form's ``opened`` holds when it goes on from these."""
    return str(_signer().dumps(facts))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="as-it-was-opened")
