"""Where a part of the pledge lies, and where each of its buttons leads.

Whoever comes from "Check your answers" goes back there: the address of the part carries it.
"""

from typing import Any

from flask import request, url_for

from accounts.models import Organisation
from charter import parts
from charter.models import Pledge
from charter.states import RETURNED

CHECK = "check"


def address(organisation: Organisation, part: parts.Part, *, from_check: bool = False) -> str:
    """The page of a part."""
    slug = organisation.slug
    more: dict[str, Any] = {"from": CHECK} if from_check else {}
    if part.looks_back:
        return url_for("pledging.looking_back", slug=slug, key=part.earlier.commitment.key, **more)
    if part.commitment is not None:
        return url_for("pledging.commitment", slug=slug, key=part.commitment.key, **more)
    return url_for(f"pledging.{part.key}", slug=slug, **more)


def from_check() -> bool:
    return request.args.get("from") == CHECK


def onward(pledge: Pledge, key: str) -> str:
    """Where to from a part that is saved, by the button that was pressed."""
    then = request.form.get("then")
    if then == "list":
        return _list(pledge)
    if then == "back":
        return _back(pledge, key)
    if from_check():
        return _check(pledge)
    return _to_mend(pledge, key) if pledge.state == RETURNED else _next(pledge, key)


def _back(pledge: Pledge, key: str) -> str:
    if from_check():
        return _check(pledge)
    found, place = _found(pledge, key)
    return address(pledge.organisation, found[place - 1]) if place else _list(pledge)


def _next(pledge: Pledge, key: str) -> str:
    found, place = _found(pledge, key)
    on = found[place + 1 : place + 2]
    return address(pledge.organisation, on[0]) if on else _check(pledge)


def _to_mend(pledge: Pledge, key: str) -> str:
    """The next part that the Charter team asked about, round the list; or to send it again."""
    found, place = _found(pledge, key)
    others = [*found[place + 1 :], *found[:place]]
    wanted = next((part for part in others if part.status == parts.MENDING), None)
    return address(pledge.organisation, wanted) if wanted else _check(pledge)


def _found(pledge: Pledge, key: str) -> tuple[list[parts.Part], int]:
    found = parts.parts_of(pledge)
    return found, [part.key for part in found].index(key)


def _list(pledge: Pledge) -> str:
    return url_for("pledging.pledge", slug=pledge.organisation.slug)


def _check(pledge: Pledge) -> str:
    return url_for("pledging.check", slug=pledge.organisation.slug)
