"""Counting an organisation's people for the standards that the count speaks for."""

from datetime import date

from sqlalchemy.orm import Session

from accounts.models import Organisation
from endorsement.framework import Framework
from endorsement.from_training.bars import watched
from training import versions
from training.team import queries
from training.team.counting import Counts


def counts_of(
    session: Session, organisation: Organisation, framework: Framework, today: date
) -> Counts | None:
    """None while there are no pathways, or no standard asks."""
    if not any(standard.training for standard in framework.standards):
        return None
    version = versions.newest(session)
    if version is None:
        return None
    found = queries.counts(
        session, [organisation], version.pathways, today, sorted(watched(framework))
    )
    return found[organisation.id]
