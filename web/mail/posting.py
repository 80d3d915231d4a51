"""Putting a mail into the outbox."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from web.mail.models import OutboxMail

Fact = str | int | bool | None | list[str] | list[dict[str, str]] | list[dict[str, Any]]

NOBODYS = ".invalid"


def post(
    session: Session,
    kind: str,
    *,
    to: str,
    at: datetime,
    person_id: int | None = None,
    **facts: Fact,
) -> OutboxMail:
    """Add a mail to this transaction: it is sent only if the transaction commits.

    ``to`` is an address; ``person_id`` whose "messages we sent you" it joins.  An address under
    ``.invalid`` is nobody's (RFC 2606): such a mail is never put in, so it can never be sent.
    """
    mail = OutboxMail(
        reference=uuid4().hex,
        kind=kind,
        person_id=person_id,
        address=to,
        facts=dict(facts),
        created_at=at,
        due_at=at,
    )
    if not to.endswith(NOBODYS):
        session.add(mail)
    return mail
