"""One's own record as files to take along: CSV for a table, JSON for another program.

``FIELDS`` is the shape of a row; whoever reads it elsewhere finds modules by their codes.
"""

import csv
import io
import json
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from training.models import TrainingRecord
from training.pathways import Pathways
from training.records.looking import Look
from training.status import Standing
from training.wording import record_name

VERSION = 1
FIELDS = {
    "module": _l("the module's code in the Training Pathways"),
    "name": _l("its name"),
    "update": _l("“yes”: the yearly update, not the whole module"),
    "day": _l("when it was done (year-month-day)"),
    "how": _l("how it was learned: course, online, at work or prior learning"),
    "provider": _l("with whom"),
    "state": _l("how the record stands; “checked” and “recognised” count"),
    "checked_on": _l("when somebody else checked it (year-month-day)"),
    "reference": _l("the record's number here"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(look: Look) -> str:
    """Nothing in a cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    writer.writerows([_cell(v) for v in _row(look.pathways, r).values()] for r in look.records)
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def as_json(look: Look, name: str, at: datetime) -> str:
    told = {
        "version": VERSION,
        "made_at": at.isoformat(),
        "about_this_file": {key: str(words) for key, words in FIELDS.items()},
        "name": name,
        "pathways": {"code": look.version.code, "title": look.version.title},
        "roles": [{"role": r.role, "organisation": r.organisation.name} for r in look.roles],
        "records": [_row(look.pathways, r) | _own(r) for r in look.records],
        "today": [_standing(s) for s in look.picture.modules.values() if s.required or s.done_on],
        "stages_done": [at.stage.key for at in look.picture.stages if at.complete and at.modules],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _row(pathways: Pathways, record: TrainingRecord) -> dict[str, Any]:
    return {
        "module": record.module,
        "name": record_name(pathways, record),
        "update": "yes" if record.is_update else "no",
        "day": record.completed_on.isoformat(),
        "how": record.how,
        "provider": record.provider,
        "state": record.state,
        "checked_on": record.checked_at.date().isoformat() if record.checked_at else "",
        "reference": record.reference,
    }


def _own(record: TrainingRecord) -> dict[str, str]:
    """What is too long for a table."""
    return {"words": record.words, "reason": record.reason, "certificate": record.file_name}


def _standing(standing: Standing) -> dict[str, Any]:
    until = standing.until.isoformat() if standing.until else None
    return {
        "module": standing.module.key,
        "status": standing.status.value,
        "counts": standing.counts,
        "needed": standing.required,
        "until": until,
    }


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
