"""Destroying a version to protect somebody who is in it: here, and in what was sent."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.queries.organisations import hold
from endorsement.evidence import rules
from endorsement.models import EvidenceVersion, Submission, SubmissionItem
from endorsement.models.evidence import STATEMENT
from endorsement.sending.actions import remove_item
from endorsement.sending.snapshot import EVIDENCE
from web.audit import record
from web.audit.purging import forget_values
from web.files.removing import destroy
from web.workflow import Refused, insist


def remove(session: Session, version: EvidenceVersion, why: str, *, by: Any, at: datetime) -> None:
    """No word and no byte stays, nor in the audit's values.  What stays says when and why."""
    insist(rules.may_change(by, version))
    why = why.strip()
    if version.removed_at is not None:  # the button pressed twice
        return
    if not why:
        raise Refused([_("Say in a few words why it has to go. Write no names.")])
    hold(session, version.organisation)  # who sends at this moment comes before, or after
    for thing in (version, version.item):  # its title may have been the file's name
        forget_values(session, thing)
    version.removed_at, version.removed_by_id, version.removed_why = at, by.id, why
    version.text = version.address = version.file_name = ""
    if version.kind == STATEMENT:
        version.digest = ""
    if version.file is not None:
        destroy(session, version.file, by=by, at=at)
    record(session, version, "remove to protect somebody", by=by, at=at)
    _from_what_was_sent(session, version, why, by, at)


def _from_what_was_sent(
    session: Session, version: EvidenceVersion, why: str, by: Any, at: datetime
) -> None:
    """The seal of the rest stays whole (endorsement.sending.seal)."""
    wanted = (
        select(SubmissionItem)
        .join(SubmissionItem.submission)
        .where(
            SubmissionItem.kind == EVIDENCE,
            SubmissionItem.key == version.item.reference,
            SubmissionItem.removed_at.is_(None),
        )
        .options(joinedload(SubmissionItem.submission).selectinload(Submission.items))
    )
    for item in session.scalars(wanted.order_by(SubmissionItem.id)).all():
        if (item.content or {}).get("version") == version.number:
            remove_item(session, item.submission, item.number, why, by=by, at=at)
