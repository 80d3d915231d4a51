"""Writing down what happened to an organisation, and writing to its people."""

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.models import Organisation, OrganisationEvent, Person
from web.mail import post
from web.mail.posting import Fact


def tell(
    session: Session,
    organisation: Organisation,
    verb: str,
    *,
    by: Person | str | None,
    at: datetime,
    person: Person | int | None = None,
    role: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """A line of the organisation's "What happened" (accounts.happened has the words)."""
    about = person.id if isinstance(person, Person) else person
    session.add(
        OrganisationEvent(
            organisation_id=organisation.id, at=at, verb=verb, person_id=about,
            by_id=by.id if isinstance(by, Person) else None,
            role=role, before=before, after=after,
        )
    )  # fmt: skip


def write_to(
    session: Session,
    person: Person,
    kind: str,
    organisation: Organisation,
    *,
    at: datetime,
    **facts: Fact,
) -> None:
    """A mail about an organisation; nobody without a working account gets one."""
    if not person.active:
        return
    known = {"organisation": organisation.name, "slug": organisation.slug} | facts
    post(session, f"accounts/{kind}", to=person.email, at=at, person_id=person.id, **known)
