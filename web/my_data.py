"""What the portal holds of one person, as they read and download it.

Each package contributes its sections (web.contributions.DataSection).  The download holds the same
sections, whole; its own keys are stable and stand in ``KEYS``, with what each is.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from web.contributions import DataSection

VERSION = 1
KEYS = {
    "portal": "the name of the portal",
    "version": "the version of this shape: another number, another shape",
    "made_at": "when this file was made, in UTC",
    "sections": "what is held, a section for each kind of thing",
    "sections.key": "the section's stable name",
    "sections.title": "its title on the page",
    "sections.why": "what it is for, how long it is kept, who sees it",
    "sections.rows": "its entries: what stands on the page, by its label there",
}


def sections_of(session: Session, person: Any) -> list[DataSection]:
    """Every section, also the empty ones: that nothing is held is an answer too."""
    parts = current_app.extensions["contributions"]
    parts = sorted(parts, key=lambda part: part.name == "web")  # its odds and ends come last
    made = (section for part in parts for make in part.my_data for section in make(session, person))
    return [replace(section, rows=[_worded(row) for row in section.rows]) for section in made]


def _worded(row: Mapping[str, Any]) -> dict[str, Any]:
    """A text that is translated when it is read can be walked letter by letter, as a list can."""
    return {str(label): str(it) if isinstance(it, LazyString) else it for label, it in row.items()}


def as_json(sections: list[DataSection], portal: str, at: datetime) -> str:
    told = {
        "portal": portal,
        "version": VERSION,
        "made_at": at.isoformat(),
        "about_this_file": KEYS,
        "sections": [_section(section) for section in sections],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _section(section: DataSection) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": str(section.title),
        "why": str(section.why),
        "rows": [_row(row) for row in section.rows],
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {str(label): _value(value) for label, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(part) for part in value]
    if isinstance(value, dict):
        return _row(value)
    return value if isinstance(value, bool | int | float) or value is None else str(value)
