"""The whole record as JSON.  Who wrote what is left out: that is about colleagues, not quality."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect

from endorsement.models import (
    Answer,
    Assessment,
    EvidenceItem,
    EvidenceVersion,
    Submission,
)
from endorsement.record.files import path_of
from endorsement.record.gathering import Taken

VERSION = 1
INTERNAL = ("id", "version")
"""Of no use outside; nor are the keys to other rows."""


def as_json(taken: Taken, at: datetime) -> bytes:
    told = {
        "version": VERSION,
        "made_at": at.isoformat(),
        "organisation": _organisation(taken),
        "assessments": [_assessment(one) for one in taken.assessments],
        "plan": [_plain(action) for action in taken.actions],
        "help_offered": [_plain(offer) for offer in taken.offers],
        "evidence": [_evidence(item) for item in taken.evidence],
        "sent": [_submission(one) for one in taken.submissions],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _organisation(taken: Taken) -> dict[str, Any]:
    """Its details are on its own pages; here only whose record it is."""
    organisation = taken.organisation
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "areas": list(organisation.areas),
        "charity_number": organisation.charity_number,
        "company_number": organisation.company_number,
    }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    version = assessment.framework_version
    return _plain(assessment) | {
        "framework": {
            "code": version.code,
            "title": version.title,
            "fingerprint": version.fingerprint,
        },
        "answers": [_answer(assessment, answer) for answer in assessment.answers],
        "ratings_kept": [_plain(point) for point in assessment.points],
    }


def _answer(assessment: Assessment, answer: Answer) -> dict[str, Any]:
    standard = assessment.framework.by_key.get(answer.standard)
    return _plain(answer) | {
        "name": standard.name if standard else None,
        "changes": [_plain(change) for change in answer.changes],
    }


def _evidence(item: EvidenceItem) -> dict[str, Any]:
    return _plain(item) | {
        "standards": item.standards,
        "versions": [_version(item, version) for version in item.versions],
    }


def _version(item: EvidenceItem, version: EvidenceVersion) -> dict[str, Any]:
    return _plain(version) | {"file": path_of(item, version)}


def _submission(submission: Submission) -> dict[str, Any]:
    """With salts and digests: whoever has this can work the seal out without us."""
    return _plain(submission) | {
        "framework": submission.framework_version.code,
        "items": [_plain(item) for item in submission.items],
        "events": [_plain(event) for event in submission.events],
    }


def _plain(row: Any) -> dict[str, Any]:
    """Its columns, but for keys."""
    columns = [c.key for c in inspect(type(row)).column_attrs]
    wanted = [name for name in columns if name not in INTERNAL and not name.endswith("_id")]
    return {name: _value(getattr(row, name)) for name in wanted}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
