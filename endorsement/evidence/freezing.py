"""The evidence that goes into a submission, by hash, as it stands at this moment.

A version that was sent stays where it is after it is replaced: its item and number find it again
(``version_of``), unless it was destroyed to protect somebody.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import Organisation
from endorsement.models import EvidenceItem, EvidenceLink, EvidenceVersion
from endorsement.models.evidence import FILE
from web.files.models import REFUSED, StoredFile


def frozen(
    session: Session, organisation: Organisation, standards: Iterable[str]
) -> list[dict[str, Any]]:
    """What shows any of these standards, oldest first, as JSON holds it.

    What was destroyed, and files that the virus check refused, are not there; with
    ``being_checked`` the check has not answered yet.
    """
    keys = frozenset(standards)
    wanted = _showing(organisation, keys).options(
        contains_eager(EvidenceItem.current).joinedload(EvidenceVersion.file),
        selectinload(EvidenceItem.links),
    )
    found = session.scalars(wanted.order_by(EvidenceItem.id))
    return [_frozen(item, keys) for item in found if _may_be_sent(item.current)]


def turned_away(
    session: Session, organisation: Organisation, standards: Iterable[str]
) -> list[str]:
    """The titles of those that do not go along, because the virus check refused their file."""
    wanted = _showing(organisation, standards).join(EvidenceVersion.file)
    refused = wanted.where(StoredFile.state == REFUSED).with_only_columns(EvidenceItem.title)
    return list(session.scalars(refused.order_by(EvidenceItem.id)))


def _showing(organisation: Organisation, standards: Iterable[str]) -> Select[Any]:
    return (
        select(EvidenceItem)
        .join(EvidenceItem.current)
        .where(
            EvidenceItem.organisation_id == organisation.id,
            EvidenceItem.put_away_at.is_(None),
            EvidenceItem.links.any(EvidenceLink.standard.in_(standards)),
            EvidenceVersion.removed_at.is_(None),
        )
    )


def version_of(
    session: Session, organisation: Organisation, reference: str, number: int
) -> EvidenceVersion | None:
    """The version that was sent, for whoever reads the submission."""
    wanted = (
        select(EvidenceVersion)
        .join(EvidenceVersion.item)
        .where(
            EvidenceItem.organisation_id == organisation.id,
            EvidenceItem.reference == reference,
            EvidenceVersion.number == number,
        )
        .options(contains_eager(EvidenceVersion.item), joinedload(EvidenceVersion.file))
    )
    return session.scalars(wanted).first()


def _may_be_sent(version: EvidenceVersion) -> bool:
    file = version.file
    return file is None or file.is_ready or file.is_waiting


def _frozen(item: EvidenceItem, keys: frozenset[str]) -> dict[str, Any]:
    version = item.current
    file = version.file if version.kind == FILE else None
    return {
        "reference": item.reference,
        "version": version.number,
        "kind": version.kind,
        "title": item.title,
        "shows": item.shows,
        "standards": [key for key in item.standards if key in keys],
        "sha256": version.digest,
        "file": None if file is None else {"name": version.file_name, "size": file.size},
        "review_on": item.review_on.isoformat() if item.review_on else None,
        "youth_may_see": item.youth_may_see,
        "being_checked": file is not None and file.is_waiting,
    }
