"""The public list of what is revoked: a Bitstring Status List, signed as a credential itself.

A list has 131,072 places, and each credential's is drawn, so that its number says nothing of when
it was issued or to whom.  The list is signed anew whenever it is asked for and something changed.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from openbadgeslib.ob3 import build_status_list_credential
from openbadgeslib.ob3.ldp import add_data_integrity_proof
from openbadgeslib.ob3.status_list import DEFAULT_SIZE_BITS
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web import clock
from web.credentials import issuer, keys
from web.credentials.models import Credential, SigningKey
from web.references import drawn_number

REVOCATION = "revocation"
FULL = DEFAULT_SIZE_BITS // 2
"""So many places taken, the next list begins: a free one is always found soon."""
KEPT = timedelta(days=7)
"""A copy that is older is not to be trusted."""


def address(number: int) -> str:
    return f"{issuer.site()}/credentials/status/{number}"


def free_place(session: Session) -> tuple[int, int]:
    """The number of the list and the place in it."""
    number = newest_list(session)
    taken = select(func.count()).where(Credential.list_number == number)
    if (session.scalar(taken) or 0) >= FULL:
        number += 1
    while _is_taken(session, number, place := drawn_number(DEFAULT_SIZE_BITS)):
        pass
    return number, place


def newest_list(session: Session) -> int:
    return session.scalar(select(func.max(Credential.list_number))) or 1


def _is_taken(session: Session, number: int, place: int) -> bool:
    wanted = select(Credential.id).where(
        Credential.list_number == number, Credential.list_index == place
    )
    return session.scalar(wanted) is not None


def document(session: Session, number: int, at: datetime) -> dict[str, Any] | None:
    """The signed list; None where nothing was ever signed that could stand in it."""
    key = keys.newest(session)
    if key is None or not 1 <= number <= newest_list(session):
        return None
    wanted = select(Credential.list_index).where(
        Credential.list_number == number, Credential.revoked_at.is_not(None)
    )
    revoked = tuple(session.scalars(wanted.order_by(Credential.list_index)))
    return _signed(_Signer(key), address(number), revoked, clock.london(at).date())


class _Signer:
    """A key, told from another by its name: the private half is read only to sign."""

    def __init__(self, key: SigningKey):
        self.key, self.method = key, issuer.method(key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Signer) and self.method == other.method

    def __hash__(self) -> int:
        return hash(self.method)


@lru_cache(maxsize=8)
def _signed(signer: _Signer, url: str, revoked: tuple[int, ...], day: date) -> dict[str, Any]:
    began = clock.begins(day)
    made = build_status_list_credential(
        issuer.did(), url, REVOCATION, revoked, issued=began, valid_until=began + KEPT
    )
    return add_data_integrity_proof(
        made, keys.private_pem(signer.key), signer.method, created=began
    )
