"""What is kept about a person's mail, what they may see of it, and when it is forgotten.

The row of a mail stays, so that its number and day can be told; its words, facts and address go.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from web.contributions import DataSection, Erasure, RetentionRule
from web.database import hold, holding
from web.mail.digest import locked_readers, true_today
from web.mail.forgetting import LAST, forget
from web.mail.models import DigestReader, OutboxMail, ToldReminder
from web.months import months_before
from web.paging import Paged, paged

PAGE = 20
MOST = 500
"""Forgotten in one go."""


def messages(session: Session, person_id: int, page: int = 1) -> Paged[OutboxMail]:
    """What we sent to a person or could not deliver, newest first."""
    return paged(session, _finished(person_id), page, PAGE)


def reader_of(session: Session, person_id: int) -> DigestReader | None:
    return session.get(DigestReader, person_id)


def want_reminders(session: Session, person_id: int, *, wanted: bool, at: datetime) -> None:
    """Begin or end a person's reminders.  Theirs alone to say."""
    reader = locked_readers(session, [person_id])[person_id]
    reader.off_since = None if wanted else reader.off_since or at


def _finished(person_id: int) -> Select[Any]:
    return (
        select(OutboxMail)
        .where(
            OutboxMail.person_id == person_id,
            or_(OutboxMail.sent_at.is_not(None), OutboxMail.gave_up_at.is_not(None)),
        )
        .order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc())
    )


# What somebody can see and take with them


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        key="messages",
        title=_("Messages we sent you"),
        why=_(
            "So that you can read them again. The text is kept for %(months)s months. "
            "Nobody else reads them here.",
            months=_retention().messages_months,
        ),
        rows=[
            {
                _("Sent"): mail.sent_at,
                _("Could not be delivered"): mail.gave_up_at,
                _("To"): mail.address,
                _("Subject"): mail.subject,
                _("Text"): mail.body,
            }
            for mail in session.scalars(_finished(person.id).limit(MOST * 10))
        ],
    )
    yield _reminders_of(session, person.id)


def _reminders_of(session: Session, person_id: int) -> DataSection:
    reader = reader_of(session, person_id)
    on = reader is None or reader.off_since is None
    told = select(ToldReminder).where(ToldReminder.person_id == person_id)
    told = told.order_by(ToldReminder.told_at.desc(), ToldReminder.key).limit(MOST * 10)
    rows: list[dict[str, Any]] = [
        {_("What"): _("You want reminders") if on else _("You want no reminders"), _("When"): None}
    ]
    rows += [{_("What"): row.key, _("When"): row.told_at} for row in session.scalars(told)]
    return DataSection(
        key="reminders",
        title=_("Reminders"),
        why=_("So that we remind you of each thing once, and only if you want it."),
        rows=rows,
        change="mail.reminders",
    )


# Forgetting


def forget_to(session: Session, addresses: Sequence[str], at: datetime) -> None:
    """What was sent to an address without its person's row, and is over."""
    over = or_(OutboxMail.sent_at.is_not(None), OutboxMail.gave_up_at.is_not(None))
    wanted = select(OutboxMail).where(OutboxMail.address.in_(addresses), over)
    for mail in session.scalars(holding(wanted.order_by(OutboxMail.id))):
        forget(mail, at)


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    """Mails that still wait go unsent, but for those of this very moment, which tell of it."""
    theirs = select(OutboxMail).where(
        OutboxMail.person_id == person.id, OutboxMail.forgotten_at.is_(None)
    )
    for mail in session.scalars(holding(theirs.order_by(OutboxMail.id))):
        if mail.sent_at is None and mail.gave_up_at is None:
            if mail.created_at == at:
                mail.facts = mail.facts | {LAST: True}
                continue
            mail.gave_up_at = at
        forget(mail, at)
    for table in (DigestReader, ToldReminder):
        session.execute(delete(table).where(table.person_id == person.id))


def _old_mails(session: Session, at: datetime) -> Sequence[int]:
    before = months_before(at, _retention().messages_months)
    old = or_(OutboxMail.sent_at < before, OutboxMail.gave_up_at < before)
    wanted = select(OutboxMail.id).where(and_(OutboxMail.forgotten_at.is_(None), old))
    return session.scalars(wanted.order_by(OutboxMail.id).limit(MOST)).all()


def _forget_mail(session: Session, mail_id: int, at: datetime) -> None:
    mail = hold(session, OutboxMail, mail_id)
    if mail is not None and mail.forgotten_at is None:
        forget(mail, at)


def _old_reminders(session: Session, at: datetime) -> Sequence[tuple[int, str]]:
    """Told long ago and not true any more: what is still true would be told anew."""
    wanted = select(ToldReminder.person_id, ToldReminder.key)
    wanted = wanted.where(ToldReminder.told_at < _told_before(at))
    old = [(id_, key) for id_, key in session.execute(wanted.order_by(ToldReminder.told_at))]
    if not old:
        return []
    found, unasked = true_today(session, at)
    if unasked:  # nobody knows what is still true
        return []
    return [(id_, key) for id_, key in old if key not in found.get(id_, {})][:MOST]


def _forget_reminder(session: Session, told: tuple[int, str], at: datetime) -> None:
    row = hold(session, ToldReminder, told)
    if row is not None and row.told_at < _told_before(at):
        session.delete(row)


def _told_before(at: datetime) -> datetime:
    return months_before(at, _retention().told_reminders_months)


def _retention() -> Any:
    return current_app.extensions["scheme"].retention


erasure = Erasure(erase=erase)
retention = (
    RetentionRule(
        "messages",
        _l("The text of emails we sent"),
        _old_mails,
        _forget_mail,
        kept=lambda kept: _("%(n)s months", n=kept.messages_months),
    ),
    RetentionRule(
        "told reminders",
        _l("What we reminded people of"),
        _old_reminders,
        _forget_reminder,
        kept=lambda kept: _("%(n)s months, or while it waits", n=kept.told_reminders_months),
    ),
)
