"""What is held of the changes of a person's addresses.

Their part of "Your data", and of erasing a person.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.addresses.mailbox_moves import ASKED, MAILBOXES
from accounts.addresses.rules import PORTAL
from accounts.addresses.workflow import CHANGES, WAITING
from accounts.models import AddressChange, MailboxRequest
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure
from web.database import holding
from web.workflow import perform


def sections(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "addresses",
        _("Changes of your addresses"),
        _(
            "So that nobody takes your account over by its address. The Charter team sees what it "
            "helped with. It goes when your account is deleted."
        ),
        [*_changes(session, person), *_mailboxes(session, person)],
        "addresses.everything",
    )


def _of(model: Any, person: Any) -> Any:
    return select(model).where(model.person_id == person.id).order_by(model.id)


def _changes(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    for change in session.scalars(_of(AddressChange, person)):
        yield {
            _("New address"): change.email,
            _("Old address"): change.old_email,
            _("Asked"): change.asked_at,
            _("It is"): change.state,
            _("Ended"): change.ended_at,
        }


def _mailboxes(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    # Found to be theirs by the team. By address alone it may be a stranger's, with their phone.
    for asked in session.scalars(_of(MailboxRequest, person)):
        yield {
            _("Name"): asked.name,
            _("Organisation"): asked.organisation,
            _("Old address"): asked.old_email,
            _("New address"): asked.new_email,
            _("How to reach you"): asked.reach,
            _("Asked"): asked.asked_at,
            _("It is"): asked.state,
            _("How we checked"): asked.how_checked,
            _("Note"): asked.note,
        }
    by_them = or_(
        MailboxRequest.checked_by_id == person.id, MailboxRequest.ended_by_id == person.id
    )
    for asked in session.scalars(select(MailboxRequest).where(by_them).order_by(MailboxRequest.id)):
        yield {
            _("You dealt with somebody’s lost mailbox"): asked.reference,
            _("Checked"): asked.checked_at if asked.checked_by_id == person.id else None,
            _("Ended"): asked.ended_at if asked.ended_by_id == person.id else None,
        }


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    """What was asked stays, without words."""
    for change in session.scalars(holding(_of(AddressChange, person))):
        if change.state == WAITING:
            perform(CHANGES, "end with the account", change, by=PORTAL, at=at)
        change.old_email = change.email = f"erased:{change.reference}"
        forget_values(session, change)
        record(session, change, "erase", by=by, at=at)
    # Whoever asked for their account by its address: there is no account to ask for any more.
    about = or_(MailboxRequest.person_id == person.id, MailboxRequest.old_email.in_(person.emails))
    wanted = select(MailboxRequest).where(about).order_by(MailboxRequest.id)
    for asked in session.scalars(holding(wanted)):
        if asked.state in (ASKED, WAITING):
            perform(MAILBOXES, "end with the account", asked, by=PORTAL, at=at)
        asked.name = asked.organisation = asked.reach = ""
        asked.old_email = asked.new_email = f"erased:{asked.reference}"
        if asked.how_checked:
            asked.how_checked = "erased"
        asked.note = ""
        forget_values(session, asked)
        record(session, asked, "erase", by=by, at=at)


erasure = Erasure(erase=erase)
