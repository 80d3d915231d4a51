"""The register as open data.  The schema is documented at /register/data; both come from FIELDS."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from web.scheme import Scheme

FIELDS = {
    "name": _l("the organisation's name"),
    "page": _l("its page here, which always tells the current truth"),
    "standing": _l("“current”, or “not current” when a pledge was not renewed or is paused"),
    "pledged_on": _l("since when it has been signed without a gap (year-month-day)"),
    "due_on": _l("when its pledge is due for renewal (year-month-day), if it is current"),
    "areas": _l("keys of the areas it works in"),
    "commitments": _l("keys of the commitments it wrote an action for"),
    "charter_version": _l("the version of the charter it signed"),
    "level": _l("its level in the Quality Endorsement Framework, if it has one"),
}


def row(entry: Any, site_url: str) -> dict[str, Any]:
    due_on = entry.due_on if entry.standing == "current" else None
    return {
        "name": entry.name,
        "page": f"{site_url}/organisations/{entry.slug}",
        "standing": entry.standing,
        "pledged_on": entry.pledged_on.isoformat(),
        "due_on": due_on.isoformat() if due_on else None,
        "areas": entry.area_keys,
        "commitments": entry.commitment_keys,
        "charter_version": entry.charter_code,
        "level": entry.level,
    }


def as_json(entries: Iterable[Any], scheme: Scheme, site_url: str, as_of: str) -> str:
    """The whole register with its licence, the words for its keys and the date."""
    return json.dumps(
        {
            "title": scheme.names.scheme,
            "published_by": scheme.names.run_by,
            "licence": {"name": scheme.open_data.name, "url": scheme.open_data.url},
            "schema": f"{site_url}/register/data",
            "as_of": as_of,
            "areas": {area.key: area.name for area in scheme.areas},
            "organisations": [row(entry, site_url) for entry in entries],
        },
        ensure_ascii=False,
    )


def as_csv(entries: Iterable[Any], site_url: str) -> str:
    """The same rows.  Lists are apart by spaces; nothing in a cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for entry in entries:
        writer.writerow([_cell(value) for value in row(entry, site_url).values()])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def _cell(value: Any) -> str:
    text = " ".join(value) if isinstance(value, tuple) else str(value or "")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
