"""The columns of a draft, of what a group said to it, and of its steps.

A package's own tables take them: a draft stands apart from the published versions, so that no
public page can find it by mistake.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from web.drafting.states import ALL_STATES, OPEN_STATES

PERSON = "person.id"


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


def one_open(name: str) -> tuple[Any, ...]:
    """What holds of a table of drafts: of open ones there is one."""
    open_ = text(f"state IN ({_listed(OPEN_STATES)})")
    return (
        CheckConstraint(f"state IN ({_listed(ALL_STATES)})", name="known_state"),
        CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)", name="published_as_a_version"
        ),
        Index(
            f"uq_{name}_one_open", "one", unique=True, sqlite_where=open_, postgresql_where=open_
        ),
    )


class DraftColumns:
    """One at a time: two who begin at once meet in it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    code: Mapped[str]
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
    """All of it as its file would say it, and always one that could be read: a change that would
    break it is refused.  Who agreed it is not in it (``web.toml_writing.as_data``)."""
    began_at: Mapped[datetime]
    began_by_id: Mapped[int] = mapped_column(ForeignKey(PERSON))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey(PERSON))
    one: Mapped[int] = mapped_column(default=1)
    """The same in every row: of open drafts there is one."""
    edit: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - a class is asked
        return {"version_id_col": cls.edit}

    @declared_attr
    def began_by(cls) -> Mapped[Any]:  # noqa: N805
        return relationship("Person", foreign_keys=[cls.began_by_id])  # type: ignore[list-item]

    @declared_attr
    def changed_by(cls) -> Mapped[Any]:  # noqa: N805
        return relationship("Person", foreign_keys=[cls.changed_by_id])  # type: ignore[list-item]


class ApprovalColumns:
    """A group agreed this exact text at a meeting.

    The database itself refuses one without somebody of each constituency (``all_there``).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    group_name: Mapped[str]
    agreed_on: Mapped[date]
    """The day of the meeting."""
    agency: Mapped[str]
    """Who agreed for this constituency: a line each, name and role."""
    voluntary: Mapped[str]
    youth: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str]
    """Of the text they agreed (``Kind.mark``); after a change it is no longer the same."""
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(PERSON))

    @declared_attr
    def recorded_by(cls) -> Mapped[Any]:  # noqa: N805
        return relationship("Person")


def all_there() -> tuple[Any, ...]:
    """What holds of a table of approvals."""
    return (
        CheckConstraint("agency <> ''", name="an_agency_was_there"),
        CheckConstraint("voluntary <> ''", name="the_voluntary_sector_was_there"),
        CheckConstraint("youth <> ''", name="young_people_were_there"),
    )


class EventColumns:
    """One move of a draft.  Never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey(PERSON))
    note: Mapped[str] = mapped_column(default="")

    @declared_attr
    def by(cls) -> Mapped[Any]:  # noqa: N805
        return relationship("Person")
