"""Who may do what: the one door every view stands behind.

``@allow(rule, on=loader)`` loads the thing the address names, asks ``rule(person, thing)`` and
hands the thing to the view.  No view can touch what it was not cleared for, and the application
refuses to start while any view has no guard (docs/decisions/0001).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Literal, Protocol

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug import Response

from web.database import READING
from web.going import first_page, going_to

Verdict = Literal[True] | str
"""True, or a sentence in plain words saying why not."""


class Person(Protocol):
    """What the door needs to know of whoever stands before it."""

    is_authenticated: bool


Rule = Callable[..., Verdict]
Loader = Callable[..., Any]

csrf = CSRFProtect()


@dataclass(frozen=True)
class Guard:
    rule: Rule
    on: Loader | None
    published: bool = False
    reads: frozenset[str] = frozenset()
    """The parameters of the query that a published page reads (``@reading``)."""
    takes_files: bool = False
    """More may be sent to it than to others (``@takes_files``)."""


def anyone(*_: object) -> Verdict:
    """Open to all, with or without an account."""
    return True


def signed_in(person: Person, *_: object) -> Verdict:
    return True if person.is_authenticated else "Sign in first."


def signed_out(person: Person, *_: object) -> Verdict:
    return "You are signed in already." if person.is_authenticated else True


OPEN = frozenset({anyone, signed_out})


def me() -> Any:
    """The person this request is for: an account, or nobody."""
    return current_user._get_current_object()


def may(rule: Rule, thing: object = None) -> bool:
    """The same question the door asks, for templates: a button and its address cannot disagree."""
    return rule(me(), thing) is True


def allow(
    rule: Rule, *, on: Loader | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard a view.  ``on(person, **url_arguments)`` returns the thing, or None where the person
    is not to know of it (404); the view receives the thing as its first argument."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**url: Any) -> Any:
            turned_away = _door(rule)
            if turned_away is not None:
                return turned_away
            if on is None:
                _ask(rule, None)
                return view(**url)
            thing = on(me(), **url)
            if thing is None:
                abort(404)
            _ask(rule, thing)
            return view(thing)

        guarded.guard = Guard(rule, on)  # type: ignore[attr-defined]
        return guarded

    return guard


def by_token(*_: object) -> Verdict:
    """What a machine may do with a token of its own, and no person with a cookie."""
    return "Only a machine with a token of its own can do this."


def allow_machine(
    knows: Callable[[], Any],
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard a view for programs.  ``knows()`` returns the machine that the request's own token
    proves, or the answer that turns it away.  Cookies are not looked at, so nothing can be forged
    with a browser and no CSRF token is asked."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**url: Any) -> Any:
            machine = knows()
            return machine if isinstance(machine, Response) else view(machine, **url)

        guarded.guard = Guard(by_token, None)  # type: ignore[attr-defined]
        return guarded

    return guard


def published(view: Callable[..., Any]) -> Callable[..., Any]:
    """A public page: it knows nobody and is cached whole (web.publishing).  Stands above @allow."""
    guard: Guard | None = getattr(view, "guard", None)
    if guard is None or guard.rule is not anyone:
        raise TypeError(f"{view.__name__} is published, so @allow(anyone) must stand below that")
    view.guard = replace(guard, published=True)  # type: ignore[attr-defined]
    return view


def reading(*parameters: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What of the address's query a published page reads; it sees no more.  Stands above it."""

    def read(view: Callable[..., Any]) -> Callable[..., Any]:
        view.guard = replace(view.guard, reads=frozenset(parameters))  # type: ignore[attr-defined]
        return view

    return read


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Its form has a file (web.files): the limit of a body is the file's.  Stands above @allow."""
    view.guard = replace(view.guard, takes_files=True)  # type: ignore[attr-defined]
    return view


def _door(rule: Rule) -> Response | None:
    """Signed in, second factor, CSRF: in this order, before anything is loaded."""
    if rule not in OPEN and not me().is_authenticated:
        return _to_sign_in()
    for step in current_app.extensions["door_steps"]:
        turned_away: Response | None = step(rule)
        if turned_away is not None:
            return turned_away
    return None if request.method in READING else _forged()


def _forged() -> Response | None:
    """Refuse a post that no page of this session made.

    A form that stood open while its person signed out and in again has an old token, but its owner
    field is still theirs: they get the page back with their text.
    """
    from web.parking import is_mine, park

    try:
        csrf.protect()
    except CSRFError:
        if is_mine() and _has_page(request.path) and park():
            return redirect(_here(), 303)
        raise
    return None


def _ask(rule: Rule, thing: object) -> None:
    verdict = rule(me(), thing)
    if verdict is True:
        return
    if rule is signed_out:
        abort(redirect(going_to() or first_page(), 303))
    abort(403, description=verdict)


def _to_sign_in() -> Response:
    return send_through("security.login")


def send_through(endpoint: str) -> Response:
    """To that page and back again; what was being sent waits meanwhile."""
    from web.parking import park

    if request.method in READING:
        return redirect(url_for(endpoint, next=_here()))
    page = _has_page(request.path)
    kept = page and park()
    back = _here() if page else None
    return redirect(url_for(endpoint, next=back, kept="yes" if kept else "no"), 303)


def _here() -> str:
    return request.full_path if request.query_string else request.path


def _has_page(path: str) -> bool:
    """Whether the address can also be opened (a button's address cannot)."""
    adapter = current_app.url_map.bind("")
    return adapter.test(path, method="GET")


def guard_library_views(app: Flask, rules: dict[str, Rule]) -> None:
    """Put the door before views that a library brought; ``rules`` is by endpoint."""
    for endpoint, rule in rules.items():
        view = app.view_functions[endpoint]
        app.view_functions[endpoint] = allow(rule)(view)


def refuse_unguarded(app: Flask) -> None:
    """Raise while any view stands without a guard: called at the end of create_app."""
    bare = sorted(e for e, view in app.view_functions.items() if not hasattr(view, "guard"))
    if bare:
        raise RuntimeError("These views have no @allow: " + ", ".join(bare))


def guard_of(endpoint: str | None) -> Guard | None:
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "guard", None)
