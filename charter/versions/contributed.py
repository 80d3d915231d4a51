"""What the charter's versions hand to the factory, and what they tell other people."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import LEAD, Membership, Organisation, Person
from charter import rules
from charter.models import CharterDraft, DraftEvent, Pledge
from charter.queries import current_charter
from charter.states import CURRENT
from charter.versions import preview_views, queries, writing_views
from charter.versions.states import APPROVED, DISCARDED, DRAFT, HAPPENED, HOW_DECIDED, WORDS
from charter.versions.views import bp
from web.audit import record
from web.contributions import DataSection, Erasure, Queue, Reminder, RetentionRule
from web.database import holding
from web.months import months_before

__all__ = ["bp", "preview_views", "writing_views"]

BY_JOB = "system:retention"
MOST = 500

wording = {
    "draft_states": WORDS,
    "draft_happened": HAPPENED,
    "draft_tags": {DRAFT: "govuk-tag--light-blue", APPROVED: "govuk-tag--green"},
    "how_decided": HOW_DECIDED,
}
queue = Queue(
    _l("The charter: agreed, to publish"),
    "versions.everything",
    rules.is_officer,
    queries.drafts_to_publish,
)


def charter_has_changed(session: Session, _at: datetime) -> Iterator[Reminder]:
    """For the leads of those whose pledge is to an earlier version: nothing is asked of them."""
    newest = current_charter(session)
    if newest is None:
        return
    wanted = (
        select(Membership.person_id, Organisation.name, Organisation.slug, Pledge.reference)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Pledge, Pledge.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.role == LEAD,
            Membership.ended_at.is_(None),
            Person.active,
            Organisation.state == "checked",
            Pledge.state.in_(CURRENT),
            Pledge.charter_version_id != newest.id,
        )
        .order_by(Membership.id)
    )
    for person_id, name, slug, reference in session.execute(wanted):
        yield Reminder(
            person_id=person_id,
            key=f"charter:{newest.code}:{reference}",
            sentence=_(
                "The charter has changed. %(name)s moves to it when you renew: read what is new.",
                name=name,
            ),
            endpoint="pledging.pledge",
            values={"slug": slug},
        )


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    """What somebody of the Charter team did with drafts."""
    wanted = (
        select(DraftEvent, CharterDraft.code)
        .join(CharterDraft, CharterDraft.id == DraftEvent.draft_id)
        .where(DraftEvent.by_id == person.id)
    )
    found = session.execute(wanted.order_by(DraftEvent.id).limit(MOST)).all()
    if found:
        yield DataSection(
            key="charter-drafts",
            title=_("Versions of the charter you worked on"),
            why=_("So that it can be shown how the charter came about. It is kept with it."),
            rows=[
                {
                    _("Version"): code,
                    _("What you did"): str(HAPPENED[event.verb]),
                    _("When"): event.at,
                    _("Your note"): event.note,
                }
                for event, code in found
            ],
        )


def _stays(session: Session, person: Any) -> Sequence[str]:
    wanted = select(DraftEvent.id).where(DraftEvent.by_id == person.id).limit(1)
    if session.scalar(wanted) is None:
        return ()
    return (_("What you did to versions of the charter stays, without your name."),)


erasure = Erasure(keeps=_stays)


def _old(at: datetime) -> Any:
    years = current_app.extensions["scheme"].retention.withdrawn_or_refused_years
    over = select(DraftEvent.draft_id).where(
        DraftEvent.verb == "discard", DraftEvent.at < months_before(at, 12 * years)
    )
    return select(CharterDraft).where(CharterDraft.state == DISCARDED, CharterDraft.id.in_(over))


def _old_drafts(session: Session, at: datetime) -> Sequence[int]:
    wanted = _old(at).with_only_columns(CharterDraft.id).order_by(CharterDraft.id)
    return session.scalars(wanted.limit(MOST)).all()


def _forget(session: Session, draft_id: int, at: datetime) -> None:
    draft = session.scalar(holding(_old(at).where(CharterDraft.id == draft_id)))
    if draft is None:
        return
    parts: list[Any] = [*draft.commitments, *draft.approvals, *draft.events, draft]
    for part in parts:
        record(session, part, "forget", by=BY_JOB, at=at)
    session.delete(draft)


retention = RetentionRule(
    name="drafts of the charter",
    what=_l("Drafts of the charter that were thrown away"),
    due=_old_drafts,
    take_away=_forget,
    kept=lambda kept: _("%(n)s years", n=kept.withdrawn_or_refused_years),
)
