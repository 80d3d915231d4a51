"""What the desk's pages show, and where their buttons lead."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from endorsement.framework import Standard
from endorsement.sending.evidence import versions_of
from endorsement.sending.reading import StandardRead, record
from review.desk import actions, owed, queries
from review.desk.loading import OnePage, Reader, may_be_shown
from web.database import db


@dataclass(frozen=True)
class Line:
    """A standard in the list: how far the reader is with it."""

    standard: Standard
    said: Any
    missing: str


def lines_of(reader: Reader) -> list[Line]:
    left = actions.left(reader)
    return [Line(s, reader.readings.get(s.key), left.get(s.key, "")) for s in reader.standards]


def overview(reader: Reader) -> dict[str, Any]:
    """The list of standards by area, and how many are done."""
    lines = lines_of(reader)
    areas = reader.framework.areas_of(reader.standards)
    by_area = [(area, [x for x in lines if x.standard.area == area.key]) for area in areas]
    return {
        "areas": by_area,
        "done": sum(not line.missing for line in lines),
        "all": len(lines),
        "next": next((line.standard for line in lines if line.missing), None),
        "left": [line for line in lines if line.missing],
    }


def standard(at: OnePage) -> dict[str, Any]:
    """The three voices of one standard, its neighbours, its questions."""
    keys = [s.key for s in at.reader.standards]
    items = [i for i in queries.items_of(db(), at.case) if _is_of(at, i)]
    read = record(at.reader.framework, items, versions_of(db(), items))
    return {
        "area": at.reader.framework.area_by_key[at.standard.area],
        "place": keys.index(at.standard.key) + 1,
        "of": len(keys),
        "read": _the_one(read, at.standard.key),
        "versions": read.versions,
        "owed": owed.reasons_owed(at.standard, at.reader.framework.top, at.claim, at.said)
        if at.said
        else [],
        "questions": questions_of(at),
    }


def _is_of(at: OnePage, item: Any) -> bool:
    """Of this standard and for their eyes, or of no standard at all."""
    if item.kind == "answer":
        return bool(item.key == at.standard.key)
    if item.content is None or item.kind not in ("action", "evidence"):
        return False
    if item.kind == "action":
        return bool(item.content["standard"] == at.standard.key)
    return at.standard.key in item.content["standards"] and may_be_shown(at.reader, item.content)


def _the_one(read: Any, key: str) -> StandardRead:
    return next(one for _area, standards in read.areas for one in standards if one.key == key)


def questions_of(at: OnePage) -> list[Any]:
    """Their own, and what the organisation has answered: all judge by the same papers."""
    return [
        q
        for q in at.case.questions
        if q.standard == at.standard.key
        and (q.asked_by_id == at.mine.person_id or q.closed_why == "answered")
    ]


def onward(at: OnePage, then: str) -> str:
    """Where to from a standard that is saved, by the button that was pressed."""
    keys, reference = [s.key for s in at.reader.standards], at.case.reference
    if then == "ask":
        return url_for("assess.ask", reference=reference, key=at.standard.key)
    step = keys.index(at.standard.key) + (-1 if then == "back" else 1)
    if then == "list" or not 0 <= step < len(keys):
        return url_for("assess.case", reference=reference)
    return url_for("assess.standard", reference=reference, key=keys[step])
