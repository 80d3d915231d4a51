"""What ties a person of the steering group to an organisation."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from steering.ties import KINDS
from web.database import Base
from web.references import new_reference

_KINDS = ", ".join(f"'{kind}'" for kind in KINDS)


class Tie(Base):
    """Declared by the person, or noted by an officer.  Memberships are ties without a row here.

    Why it ties them is between the person and the Charter team: others read only that it does.
    """

    __tablename__ = "tie"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="known_kind"),
        Index(
            "uq_tie_standing",
            "person_id",
            "organisation_id",
            "kind",
            unique=True,
            sqlite_where=text("taken_back_at IS NULL"),
            postgresql_where=text("taken_back_at IS NULL"),
        ),
    )
    audited = True

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    kind: Mapped[str]
    over_on: Mapped[date | None]
    """When what ties them ended; it bars for some years after (steering.ties).  None: not yet."""
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    taken_back_at: Mapped[datetime | None]
    """It was noted by mistake."""

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    organisation: Mapped[Organisation] = relationship()
