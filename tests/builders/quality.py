"""Frameworks, self-assessments and plans, made by the real actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from accounts.queries import organisation_by_slug
from endorsement import versions
from endorsement.assessing import actions, queries
from endorsement.assessing.actions import Said
from endorsement.framework import Framework
from endorsement.framework.reading import read
from endorsement.models import Assessment, FrameworkVersion, ImprovementAction
from endorsement.plan import actions as plan_actions
from endorsement.plan.actions import Planned
from tests.builders import accounts
from web import clock
from web.settings import ROOT

DEFAULT = ROOT / "content" / "framework.toml"
REASON = "We do it every week, all of us know it, and we looked at it in May."


def framework(session: Session, **changed: Any) -> FrameworkVersion:
    """The one the portal starts with, or a version of it with other words."""
    text = read(DEFAULT).model_copy(update=changed)
    made = versions.publish(session, text, by="system:test", at=clock.now())
    session.commit()
    found = made or versions.newest(session)
    assert found is not None
    return found


def assessment(
    session: Session,
    organisation: Organisation | None = None,
    *,
    track: str = "small",
    by: Person | None = None,
    **more: Any,
) -> Assessment:
    """Begun, with no answer yet."""
    organisation = organisation or accounts.checked_organisation(session)
    version = versions.newest(session) or framework(session)
    by = by or accounts.lead_of(organisation)
    made = actions.begin(session, organisation, version, track=track, by=by, at=clock.now(), **more)
    session.commit()
    return made


def answer(
    session: Session,
    assessment: Assessment,
    key: str,
    rating: int | None = 2,
    *,
    by: Person | None = None,
    **said: Any,
) -> None:
    _answer(session, assessment, key, rating, by, said)
    session.commit()


def _answer(
    session: Session,
    assessment: Assessment,
    key: str,
    rating: int | None,
    by: Person | None,
    said: Mapping[str, Any],
) -> None:
    by = by or accounts.lead_of(assessment.organisation)
    told = Said(rating=rating, **{"reason": REASON} | said)
    standard = assessment.framework.by_key[key]
    actions.write(session, assessment, standard, told, by=by, at=clock.now())


def rated(
    session: Session,
    organisation: Organisation | None = None,
    ratings: Mapping[str, int] | int = 2,
    **more: Any,
) -> Assessment:
    """Every standard of its track answered; with an action for each 0 and 1."""
    made = assessment(session, organisation, **more)
    for standard in made.framework.on_track(made.track):
        value = ratings if isinstance(ratings, int) else ratings.get(standard.key, 2)
        _answer(session, made, standard.key, value, None, {})
        if value < 2:
            action(session, made.organisation, standard.key)
    session.commit()
    return made


def action(
    session: Session,
    organisation: Organisation,
    standard: str = "A1",
    what: str = "Grace puts her name and photo by the door.",
    by_on: date | None = date(2027, 5, 1),
    **more: Any,
) -> ImprovementAction:
    made = plan_actions.add(
        session,
        organisation,
        standard,
        Planned(what, by_on=by_on, **more),
        by=accounts.lead_of(organisation),
        at=clock.now(),
    )
    session.commit()
    return made


def in_every_stage(session: Session, slug: str) -> dict[str, str]:
    """A year that is over, one that is being written, and an action: by name, their references."""
    organisation = organisation_by_slug(session, slug)
    assert organisation is not None
    first = queries.open_assessment(session, organisation) or rated(session, organisation)
    by, at = accounts.lead_of(organisation), clock.now()
    second = actions.begin_next_year(session, first, first.framework_version, by=by, at=at)
    answer(session, second, "A1", 2)
    return {
        "earlier_assessment": first.reference,
        "action": action(session, organisation).reference,
    }


def whole(session: Session, assessment: Assessment) -> Assessment:
    """As the database has it now."""
    session.expire_all()
    found = queries.open_assessment(session, assessment.organisation)
    assert found is not None
    return found


__all__ = [
    "Framework",
    "action",
    "answer",
    "assessment",
    "framework",
    "in_every_stage",
    "rated",
    "whole",
]
