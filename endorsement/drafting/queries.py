"""Finding drafts of the framework, and who stands on which version: ordered and bounded."""

from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from endorsement.drafting.kind import FRAMEWORKS
from endorsement.models import Assessment, FrameworkVersion
from web.drafting import queries

MOST = 50
open_draft = partial(queries.open_draft, FRAMEWORKS)
drafts_to_publish = partial(queries.to_publish, FRAMEWORKS)


def standing_on(session: Session, version: FrameworkVersion) -> tuple[int, list[str]]:
    """How many open self-assessments are on a version, and the names of the first of them."""
    there = (Assessment.framework_version_id == version.id, Assessment.ended_at.is_(None))
    count = session.scalar(select(func.count()).select_from(Assessment).where(*there)) or 0
    names = (
        select(Organisation.name)
        .join(Assessment, Assessment.organisation_id == Organisation.id)
        .where(*there)
        .order_by(Organisation.name, Organisation.id)
    )
    return count, list(session.scalars(names.limit(MOST)))
