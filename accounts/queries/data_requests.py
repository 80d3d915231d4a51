"""Finding what people asked about their data."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import DataRequest, DataRequestEvent, Person
from accounts.models.data_requests import OPEN_REQUESTS, RECEIVED
from accounts.queries.people import person_by_email
from web.contributions import Waiting
from web.database import holding
from web.paging import Paged, paged


def request_by_reference(
    session: Session, reference: str, *, lock: bool = False
) -> DataRequest | None:
    wanted = select(DataRequest).where(DataRequest.reference == reference)
    if lock:
        wanted = holding(wanted)
    return session.scalar(wanted)


def open_requests(session: Session, page: int = 1) -> Paged[DataRequest]:
    """The one whose clock runs out first stands first; acknowledged ones after those."""
    wanted = select(DataRequest).where(DataRequest.state.in_(OPEN_REQUESTS))
    return paged(
        session,
        wanted.order_by(DataRequest.state != RECEIVED, DataRequest.acknowledge_by, DataRequest.id),
        page,
    )


def closed_requests(session: Session, page: int = 1) -> Paged[DataRequest]:
    """Newest first."""
    wanted = select(DataRequest).where(DataRequest.state.not_in(OPEN_REQUESTS))
    return paged(session, wanted.order_by(DataRequest.closed_at.desc(), DataRequest.id), page)


def overdue(session: Session, today: date) -> int:
    wanted = select(func.count()).where(
        DataRequest.state == RECEIVED, DataRequest.acknowledge_by < today
    )
    return session.scalar(wanted) or 0


def waiting(session: Session, _at: datetime) -> Waiting:
    wanted = select(func.count(), func.min(DataRequest.received_at)).where(
        DataRequest.state.in_(OPEN_REQUESTS)
    )
    count, since = session.execute(wanted).one()
    return Waiting(count, since)


def events_of(session: Session, request: DataRequest) -> list[DataRequestEvent]:
    wanted = select(DataRequestEvent).where(DataRequestEvent.request_id == request.id)
    whole = wanted.options(joinedload(DataRequestEvent.by)).order_by(DataRequestEvent.id)
    return list(session.scalars(whole))


def just_asked(
    session: Session, email: str, kind: str, words: str, since: datetime
) -> DataRequest | None:
    wanted = select(DataRequest).where(
        DataRequest.email == email,
        DataRequest.kind == kind,
        DataRequest.words == words,
        DataRequest.received_at > since,
    )
    return session.scalars(wanted.order_by(DataRequest.id.desc()).limit(1)).first()


def account_of(session: Session, request: DataRequest) -> Person | None:
    """The account a request is about: that of who sent it, or the one with its address."""
    person = request.person or person_by_email(session, request.email)
    return person if person is not None and person.erased_at is None else None


def closed_before(session: Session, before: datetime, most: int) -> list[int]:
    """The ids of requests that were closed before then."""
    wanted = select(DataRequest.id).where(DataRequest.closed_at < before)
    return list(session.scalars(wanted.order_by(DataRequest.id).limit(most)))


def still_closed(session: Session, request_id: int, before: datetime) -> DataRequest | None:
    wanted = select(DataRequest).where(DataRequest.id == request_id)
    return session.scalar(holding(wanted.where(DataRequest.closed_at < before)))
