"""Loading all that the ready check, the preview and the seal need: a fixed number of statements."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from charter.queries import standing_pledge
from endorsement.awarded import awards
from endorsement.evidence.freezing import turned_away
from endorsement.from_training.bars import figures
from endorsement.from_training.queries import counts_of
from endorsement.levels import reached
from endorsement.models import Assessment, FrameworkVersion
from endorsement.plan.queries import actions_of
from endorsement.progress import standing_of
from endorsement.sending.evidence import evidence_of
from endorsement.sending.snapshot import Whole
from web import clock


def gathered(session: Session, assessment: Assessment) -> Whole:
    organisation = assessment.organisation
    return Whole(
        assessment=assessment,
        actions=actions_of(session, organisation),
        evidence=evidence_of(session, organisation, _standards(assessment)),
        turned_away=turned_away(session, organisation, _standards(assessment)),
        pledge=standing_pledge(session, organisation),
        newer_since=_newer_since(session, assessment.framework_version),
        training=_figures(session, assessment),
        held=awards().held(session, organisation.id, clock.today()),
    )


def _figures(session: Session, assessment: Assessment) -> dict[str, Any] | None:
    framework = assessment.framework
    counts = counts_of(session, assessment.organisation, framework, clock.today())
    return figures(framework, counts)


def _standards(assessment: Assessment) -> list[str]:
    return [standard.key for standard in assessment.framework.on_track(assessment.track)]


def level_of(assessment: Assessment) -> str | None:
    """The key of the level that its own ratings reach."""
    found = reached(assessment.framework, assessment.track, standing_of(assessment))
    return found.key if found else None


def _newer_since(session: Session, version: FrameworkVersion) -> datetime | None:
    """A version is retired when another is published after it."""
    first = select(func.min(FrameworkVersion.published_at))
    return session.scalar(first.where(FrameworkVersion.published_at > version.published_at))
