"""Finding requests to mend a mailbox."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from accounts.addresses.queries import MOST_AT_ONCE, hold_person
from accounts.models import MailboxRequest, Person
from accounts.models.addresses import ASKED, WAITING
from web.contributions import Waiting
from web.paging import Paged, paged

FEW = 20


def request_by_reference(session: Session, reference: str) -> MailboxRequest | None:
    """Without its person: a refresh that locks would join them, which PostgreSQL refuses."""
    return session.scalar(select(MailboxRequest).where(MailboxRequest.reference == reference))


def hold(session: Session, request: MailboxRequest) -> None:
    """Lock it; the person first, as everything does that changes their addresses."""
    if request.person_id is not None:
        hold_person(session, request.person_id)
    session.refresh(request, with_for_update=True)


def asked(session: Session, page: int = 1) -> Paged[MailboxRequest]:
    """Those an officer has to look at, oldest first."""
    wanted = select(MailboxRequest).where(MailboxRequest.state == ASKED)
    return paged(session, wanted.order_by(MailboxRequest.asked_at, MailboxRequest.id), page)


def under_way(session: Session) -> list[MailboxRequest]:
    wanted = select(MailboxRequest).where(MailboxRequest.state == WAITING)
    return list(
        session.scalars(wanted.order_by(MailboxRequest.due_at, MailboxRequest.id).limit(FEW))
    )


def ended(session: Session) -> list[MailboxRequest]:
    """The last ones, newest first."""
    wanted = select(MailboxRequest).where(MailboxRequest.state.not_in((ASKED, WAITING)))
    newest = wanted.order_by(MailboxRequest.ended_at.desc(), MailboxRequest.id.desc())
    return list(session.scalars(newest.limit(FEW)))


def same_again(session: Session, old_email: str, new_email: str) -> MailboxRequest | None:
    """The same, not looked at yet: the button pressed twice, or asked again out of impatience."""
    wanted = select(MailboxRequest).where(
        MailboxRequest.old_email == old_email,
        MailboxRequest.new_email == new_email,
        MailboxRequest.state == ASKED,
    )
    return session.scalars(wanted.order_by(MailboxRequest.id).limit(1)).first()


def others_for(session: Session, request: MailboxRequest) -> list[MailboxRequest]:
    """Other requests with one of its addresses: two people may want one account."""
    both = (request.old_email, request.new_email)
    wanted = select(MailboxRequest).where(
        MailboxRequest.id != request.id,
        or_(MailboxRequest.old_email.in_(both), MailboxRequest.new_email.in_(both)),
    )
    return list(session.scalars(wanted.order_by(MailboxRequest.id.desc()).limit(FEW)))


def is_waiting_for(session: Session, person: Person) -> bool:
    wanted = select(MailboxRequest.id).where(
        MailboxRequest.person_id == person.id, MailboxRequest.state == WAITING
    )
    return session.scalar(wanted) is not None


def due(session: Session, at: datetime) -> list[MailboxRequest]:
    """Whose notice has run, confirmed or not, the oldest first."""
    wanted = select(MailboxRequest).where(
        MailboxRequest.state == WAITING,
        MailboxRequest.due_at <= at,
        or_(MailboxRequest.new_said_yes_at.is_not(None), MailboxRequest.expires_at <= at),
    )
    return list(session.scalars(wanted.order_by(MailboxRequest.id).limit(MOST_AT_ONCE)))


def requests_waiting(session: Session, _at: datetime) -> Waiting:
    """For the officers' queue."""
    wanted = select(func.count(), func.min(MailboxRequest.asked_at))
    count, since = session.execute(wanted.where(MailboxRequest.state == ASKED)).one()
    return Waiting(count, since)
