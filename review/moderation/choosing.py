"""Which findings are put before a lead assessor: what was read far apart, and a sample.

The sample is random and can be drawn again by anybody: the order follows from the report's seal,
which nobody knows before it is sent and nobody can change afterwards.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review.models import Case, Finding, FindingChange
from review.report.rules import readings_by_standard
from review.report.settling import FAR_APART, points_apart
from web.audit import record
from web.scheme import Scheme

BY = "system:review"
DIFFERENCE, SAMPLE, ASKED = "difference", "sample", "asked"


def chosen(
    standards: Sequence[str], apart: Mapping[str, int], percent: int, seed: str
) -> dict[str, str]:
    """By the standard's key, why it is looked at.  The share is of those read alike, one at
    least where there is any share."""
    found = {key: DIFFERENCE for key in standards if apart.get(key, 0) >= FAR_APART}
    rest = sorted((key for key in standards if key not in found), key=lambda k: _lot(seed, k))
    count = math.ceil(len(rest) * percent / 100)
    return found | dict.fromkeys(rest[:count], SAMPLE)


def _lot(seed: str, key: str) -> str:
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


def choose(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> None:
    """When the case comes to be checked together.  What a lead has settled stays settled."""
    report = case.report
    if report is None:
        return
    apart = {key: points_apart(found) for key, found in readings_by_standard(case).items()}
    percent = scheme.clocks.endorsement.moderation_sample_percent
    why = chosen([s.key for s in case.standards], apart, percent, report.seal or "")
    for finding in report.findings:
        if finding.standard in why and finding.looked_at_why is None:
            finding.looked_at_why = why[finding.standard]
            session.flush()
            record(session, finding, "look at", by=BY, at=at)


def look_again(session: Session, finding: Finding, by: Any, at: datetime) -> None:
    """What a lead made of it is kept as history and taken off: it comes back to the assessors."""
    if finding.moderated_rating is not None:
        was = str(finding.moderated_rating)
        finding.changes.append(
            FindingChange(
                field="moderated_rating", before=was, after="", at=at, by_id=by.id, why="back"
            )
        )
    finding.looked_at_why = finding.moderated_rating = None
    finding.moderated_at = finding.moderated_by_id = None
    finding.moderated_reason = ""
    session.flush()
    record(session, finding, "look again", by=by, at=at)
