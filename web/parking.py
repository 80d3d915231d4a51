"""A session that ends in mid-form gives the text back.

A post that arrives signed out is kept on the server and given back, on the same page, to the
same person after signing in.  Whose it is comes from the form's own signed owner field, so that
nobody can leave a text in somebody else's account.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import JSON, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from web import clock
from web.access import me
from web.database import Base, db
from web.folding import showable

KEPT_FOR = timedelta(hours=24)
MOST_KEPT = 20
NEVER_KEPT = frozenset({"csrf_token", "owner", "username", "code", "passcode", "credential"})


class ParkedForm(Base):
    __tablename__ = "parked_form"
    __table_args__ = {"comment": "what was typed when a session ended; deleted after 24 hours"}

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)
    path: Mapped[str]
    typed: Mapped[dict[str, Any]] = mapped_column(JSON)
    parked_at: Mapped[datetime]


def owner_token() -> str:
    """The value of a form's hidden ``owner`` field; empty for nobody."""
    person = me()
    return _signer().dumps(person.id) if person.is_authenticated else ""


def is_mine() -> bool:
    """Whether the form that was posted was made for the person who is signed in."""
    person = me()
    return bool(person.is_authenticated) and _owner(request.form.get("owner", "")) == person.id


def park() -> bool:
    """Keep what this request posted for the form's owner.  False when there is nothing to keep."""
    owner = _owner(request.form.get("owner", ""))
    typed = {
        name: [showable(value) for value in values]
        for name, values in request.form.to_dict(flat=False).items()
        if _may_be_kept(name)
    }
    if owner is None or not any(any(values) for values in typed.values()):
        return False
    session = db()
    _drop(session, owner, request.path)
    _drop_oldest(session, owner)
    session.add(ParkedForm(person_id=owner, path=request.path, typed=typed, parked_at=clock.now()))
    session.commit()
    return True


def parked_here() -> MultiDict[str, str] | None:
    """What the signed-in person was typing on this page when their session ended."""
    person = me()
    if not person.is_authenticated:
        return None
    row = db().scalar(
        select(ParkedForm).where(
            ParkedForm.person_id == person.id,
            ParkedForm.path == request.path,
            ParkedForm.parked_at > clock.now() - KEPT_FOR,
        )
    )
    return MultiDict((k, v) for k, values in row.typed.items() for v in values) if row else None


def forget_parked() -> None:
    """The person has sent this page's form again: the kept text has served."""
    _drop(db(), me().id, request.path)


def erase(session: Any, person: Any, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    """Whoever is erased will not come back for what they typed."""
    session.execute(delete(ParkedForm).where(ParkedForm.person_id == person.id))


def parked_of(session: Any, person: Any) -> list[ParkedForm]:
    wanted = select(ParkedForm).where(ParkedForm.person_id == person.id)
    return list(session.scalars(wanted.order_by(ParkedForm.id)))


def forget_old(session: Any, at: datetime) -> None:
    """The timed job that deletes what nobody came back for."""
    session.execute(delete(ParkedForm).where(ParkedForm.parked_at <= at - KEPT_FOR))


def _may_be_kept(field: str) -> bool:
    return field not in NEVER_KEPT and "password" not in field


def _drop(session: Any, person_id: int, path: str) -> None:
    session.execute(
        delete(ParkedForm).where(ParkedForm.person_id == person_id, ParkedForm.path == path)
    )


def _drop_oldest(session: Any, person_id: int) -> None:
    """A person keeps a bounded number, or a held-down key could fill the disk."""
    mine = select(ParkedForm.id).where(ParkedForm.person_id == person_id)
    extra = session.scalars(mine.order_by(ParkedForm.id.desc()).offset(MOST_KEPT - 1)).all()
    session.execute(delete(ParkedForm).where(ParkedForm.id.in_(extra)))


def _owner(token: str) -> int | None:
    try:
        value = _signer().loads(token)
    except BadData:
        return None
    return value if isinstance(value, int) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="whose-form")
