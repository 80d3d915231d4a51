"""What stands for good: a flush that would change or remove one of its rows fails.

Held where every change must pass.  Packages say of their models what stays; what the law of the
house asks for may be left open: a state moves, words are taken away.  (Statements past the session
are refused for every audited table: web.audit.)
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session


class Unchangeable(Exception):
    """A mistake in the code: something tried to change what stands for good."""


@dataclass(frozen=True)
class _Kept:
    moves: Collection[str]
    emptied: Mapping[str, Any] = field(default_factory=dict)
    stays: bool = True
    once: Callable[[Any], bool] = lambda _thing: True


_kept: dict[type, _Kept] = {}


def keep(
    model: type,
    *,
    moves: Collection[str] = (),
    emptied: Mapping[str, Any] | None = None,
    stays: bool = True,
    once: Callable[[Any], bool] = lambda _thing: True,
) -> None:
    """The model's rows never change.

    ``moves``: columns that may.  ``emptied``: columns that may come to hold the given value.
    ``stays``: whether a row may not be removed either.  ``once``: asked of a row, whether it has
    come to stand for good.
    """
    _kept[model] = _Kept(moves, emptied or {}, stays, once)


def stays(model: type) -> bool:
    """Whether none of its rows may be removed."""
    return model in _kept and _kept[model].stays


def refuse(session: Session, *_: Any) -> None:
    for thing in session.deleted:
        if _stands(thing) and _kept[type(thing)].stays:
            raise Unchangeable(f"{thing!r} stands for good: it stays.")
    for thing in session.dirty:
        if _stands(thing) and (changed := _changed(thing)):
            raise Unchangeable(f"{thing!r} stands for good: {', '.join(changed)} never changes.")


def _stands(thing: Any) -> bool:
    return type(thing) in _kept and _kept[type(thing)].once(thing)


def _changed(thing: Any) -> list[str]:
    known, kept = inspect(thing), _kept[type(thing)]
    return [
        name
        for name in (attribute.key for attribute in known.mapper.column_attrs)
        if name not in kept.moves
        and known.attrs[name].history.has_changes()
        and (name not in kept.emptied or getattr(thing, name) != kept.emptied[name])
    ]


event.listen(Session, "before_flush", refuse)
