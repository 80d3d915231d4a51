"""The digest of what went to the organisation: the chain holds it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from endorsement.sending.seal import canonical


def seal_of(report: Any, conditions: Iterable[Any]) -> str:
    told = {
        "summary": report.summary,
        "plain": report.plain,
        "level": report.level,
        "findings": [
            [f.standard, f.rating, f.does_not_apply, f.reason, f.next_step]
            for f in sorted(report.findings, key=lambda f: f.standard)
        ],
        "conditions": [[c.standard, c.what, c.by_on.isoformat()] for c in conditions],
    }
    return hashlib.sha256(b"report\n" + canonical(told)).hexdigest()
