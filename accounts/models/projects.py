"""What an organisation runs, and where."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.organisations import Organisation
from web.database import Base
from web.references import new_reference

OPEN_ACCESS = "open"
SORTS = (OPEN_ACCESS, "group", "detached", "one-to-one", "custody", "hospital", "online")
"""How young people come to it.  Only places of an open-access project are ever published."""


class Project(Base):
    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)
    audited = True
    public = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    slug: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str]
    sort: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    areas: Mapped[list[str]] = mapped_column(JSON)
    closed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(back_populates="projects")
    places: Mapped[list["Place"]] = relationship(
        back_populates="project", order_by="Place.id", cascade="all, delete-orphan"
    )

    @property
    def open_access(self) -> bool:
        return self.sort == OPEN_ACCESS


class Place(Base):
    """Where and when.  Public only if the project is open access and the organisation says so."""

    __tablename__ = "place"
    __table_args__ = (CheckConstraint("name <> ''", name="has_name"),)
    audited = True
    public = True
    unaudited = ("version",)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id), index=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    name: Mapped[str]
    area: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    times: Mapped[str] = mapped_column(default="")
    show: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}

    project: Mapped[Project] = relationship(back_populates="places")

    @property
    def published(self) -> bool:
        """The domain page's rule: addresses and times only for open-access places."""
        return self.show and self.project.open_access and not self.project.closed
