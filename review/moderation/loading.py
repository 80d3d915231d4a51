"""From an address to a case to check, or None where it is not the person's to know of."""

from typing import Any

from flask import current_app

from endorsement.assessing.loading import writing
from review import queries
from review.models import Case
from review.moderation import rules
from review.report.loading import OneStandard
from review.report.queries import with_readings
from steering import queries as steering
from web import clock
from web.database import db


def case(person: Any, reference: str) -> Case | None:
    """For a lead assessor without a part in it and without a tie to the place."""
    found = queries.by_reference(db(), reference, lock=writing())
    if found is None or found.report is None or rules.moderates(person, found) is not True:
        return None
    if steering.is_barred(db(), person, found, clock.now(), current_app.extensions["scheme"]):
        return None
    with_readings(db(), found)
    return found


def standard(person: Any, reference: str, key: str) -> OneStandard | None:
    found = case(person, reference)
    findings = found.report.findings if found and found.report else ()
    finding = next((f for f in findings if f.standard == key), None)
    if found is None or finding is None:
        return None
    return OneStandard(found, found.framework.by_key[key], finding)
