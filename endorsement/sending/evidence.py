"""The evidence library, as sending reads it: by hash, so that words and files stay in one place.

An item's words can be taken away to protect somebody; the digest that was sealed stays.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Organisation
from endorsement.evidence.freezing import frozen
from endorsement.models import EvidenceItem, EvidenceVersion
from endorsement.sending.snapshot import EVIDENCE, Evidence


def evidence_of(
    session: Session, organisation: Organisation, standards: Iterable[str]
) -> list[Evidence]:
    """Whether it is still being checked is of the moment: that is not sealed."""
    found = []
    for told in frozen(session, organisation, standards):
        content = {name: value for name, value in told.items() if name != "being_checked"}
        found.append(Evidence(told["reference"], content, told["being_checked"]))
    return found


Versions = dict[tuple[str, int], EvidenceVersion]


def versions_of(session: Session, items: Iterable[Any]) -> Versions:
    """The versions that were sealed, by reference and number: a reader opens those, not today's."""
    wanted = {
        (item.key, item.content["version"])
        for item in items
        if item.kind == EVIDENCE and item.content is not None
    }
    if not wanted:
        return {}
    rows = (
        select(EvidenceVersion)
        .join(EvidenceVersion.item)
        .where(EvidenceItem.reference.in_({reference for reference, _ in wanted}))
        .options(joinedload(EvidenceVersion.item), joinedload(EvidenceVersion.file))
    )
    found = {(row.item.reference, row.number): row for row in session.scalars(rows)}
    return {key: row for key, row in found.items() if key in wanted}
