"""What the outcome hands to the factory."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endorsement.rules import may_plan
from review import rules
from review.models import Case, Condition
from review.outcome import falling
from review.outcome.conditions import SHOWN, closes, job
from review.outcome.desk import appeals_bp, conditions_bp
from review.outcome.reading import told
from review.outcome.views import bp as outcome
from review.states import APPEAL
from web.contributions import Contribution, Queue, Waiting


def _shown(session: Session, _at: datetime) -> Waiting:
    wanted: Any = select(func.count(), func.min(Condition.shown_at)).where(Condition.state == SHOWN)
    return Waiting(*session.execute(wanted).one())


def _appeals(session: Session, _at: datetime) -> Waiting:
    wanted: Any = select(func.count(), func.min(Case.since)).where(Case.state == APPEAL)
    return Waiting(*session.execute(wanted).one())


contribution = Contribution(
    name="outcome",
    blueprints=(outcome, conditions_bp, appeals_bp),
    jobs=(*falling.jobs, job),
    template_globals={"plans_here": may_plan, "decision_told": told},
    queues=(
        Queue(_l("Conditions to look at"), "conditions.everything", closes, _shown),
        Queue(_l("Appeals to answer"), "appeals.waiting", rules.is_lead_assessor, _appeals),
    ),
)
