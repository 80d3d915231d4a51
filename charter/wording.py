"""What an organisation changed after its pledge came back to it: for whoever reads it again."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from charter import parts
from charter.models import Pledge
from web.audit import AuditEntry
from web.audit.chain import name_of
from web.audit.models import AuditValue


def before_mending(session: Session, pledge: Pledge) -> dict[str, str]:
    """How each action read when the pledge was last returned, by part; only those that changed.

    The audit's values are purged in the end: then nothing is said of it.
    """
    latest = select(func.max(AuditEntry.number))
    latest = latest.where(AuditEntry.subject == name_of(pledge), AuditEntry.verb == "return")
    returned = session.scalar(latest)
    if returned is None:
        return {}
    actions = {name_of(action): action for action in pledge.actions}
    wanted = (
        select(AuditEntry.subject, AuditValue.after)
        .join(AuditValue, AuditValue.entry_number == AuditEntry.number)
        .where(
            AuditEntry.subject.in_(actions),
            AuditEntry.number < returned,
            AuditValue.field == "text",
        )
        .order_by(AuditEntry.number.desc())
        .limit(200)
    )
    before: dict[str, str] = {}
    for subject, text in session.execute(wanted):
        before.setdefault(subject, text)
    return {
        parts.commitment_key(actions[subject].commitment.number): text
        for subject, text in before.items()
        if text != actions[subject].text
    }
