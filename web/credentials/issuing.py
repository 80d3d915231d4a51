"""Issuing and revoking: what packages call.  The caller commits.

made = issue(session, "stage", holder, achievement, at=now, by=person, until=end)
revoke(session, made, "It ran out.", at=now, by="system:…")
forget(session, "practitioner:12", at=now, by=person)      # the person is erased
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.audit import record
from web.credentials import documents, keys, status
from web.credentials.documents import Achievement, Facts, Holder
from web.credentials.models import Credential
from web.database import holding
from web.references import new_reference

FORGOTTEN = "Whom it is about has asked to be forgotten."


def issue(
    session: Session,
    kind: str,
    holder: Holder,
    achievement: Achievement,
    *,
    at: datetime,
    by: Any,
    until: datetime | None = None,
) -> Credential:
    """Sign that the holder has achieved it, from ``at`` on.  No key yet: the first is made.

    The holder is locked by the caller, as for everything about them: nothing is issued twice.
    """
    key = keys.signing(session, at=at)
    facts = Facts(new_reference(), *status.free_place(session), at, until)
    made = Credential(
        reference=facts.reference,
        kind=kind,
        holder=holder.key,
        achievement=achievement.key,
        title=achievement.name,
        document=documents.signed(holder, achievement, facts, key),
        key=key,
        list_number=facts.list_number,
        list_index=facts.list_index,
        valid_from=at,
        valid_until=until,
        reason="",
    )
    session.add(made)
    session.flush()
    record(session, made, "issue", by=by, at=at)
    return made


def revoke(session: Session, credential: Credential, reason: str, *, at: datetime, by: Any) -> None:
    """From now on it does not stand.  ``reason`` is for everybody who checks it.

    Twice is once: the first reason stays.
    """
    if credential.revoked_at is not None:
        return
    credential.revoked_at, credential.reason = at, reason
    record(session, credential, "revoke", by=by, at=at)


def forget(session: Session, holder: str, *, at: datetime, by: Any) -> None:
    """Revoke all that somebody holds and take the words away; the bits in the list stay set."""
    for credential in of_holder(session, holder, lock=True):
        revoke(session, credential, FORGOTTEN, at=at, by=by)
        if credential.document is not None:
            credential.document = None
            record(session, credential, "forget", by=by, at=at)


def of_holder(
    session: Session, holder: str, kind: str = "", *, lock: bool = False
) -> Sequence[Credential]:
    """All that was ever issued to somebody and is still whole or revoked, newest first."""
    wanted = select(Credential).where(Credential.holder == holder)
    if kind:
        wanted = wanted.where(Credential.kind == kind)
    wanted = wanted.order_by(Credential.id.desc())
    return list(session.scalars(holding(wanted, Credential) if lock else wanted))


def standing(session: Session, holder: str, kind: str, *, at: datetime) -> list[Credential]:
    """Those that are neither revoked nor past their end, newest first."""
    return [found for found in of_holder(session, holder, kind) if found.runs(at)]


def by_reference(session: Session, reference: str) -> Credential | None:
    return session.scalar(select(Credential).where(Credential.reference == reference))
