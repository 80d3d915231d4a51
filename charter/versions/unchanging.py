"""A published version never changes: not its words, its place, its number of commitments.

Its rows stand for good (web.unchanging), and a version that stands gets no more commitments.
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from charter.models import CharterVersion, Commitment
from web.unchanging import Unchangeable, keep

keep(CharterVersion)
keep(Commitment)


def refuse(session: Session, *_: Any) -> None:
    for thing in session.new:
        if isinstance(thing, Commitment) and _belongs_to_a_standing_one(thing):
            raise Unchangeable("A published version gets no more commitments.")


def _belongs_to_a_standing_one(commitment: Commitment) -> bool:
    version = commitment.charter_version
    return commitment.charter_version_id is not None or bool(
        version is not None and inspect(version).persistent
    )


event.listen(Session, "before_flush", refuse)
