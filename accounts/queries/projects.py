"""Finding what an organisation runs, and where."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import Organisation, Place, Project
from web.database import holding
from web.paging import PAGE, Paged, paged


def projects_of(
    session: Session, organisation: Organisation, page: int = 1, size: int = PAGE
) -> Paged[Project]:
    """Running ones first, by name, each with its places."""
    wanted = (
        select(Project)
        .where(Project.organisation_id == organisation.id)
        .order_by(Project.closed, Project.sort_key, Project.id)
        .options(selectinload(Project.places))
    )
    return paged(session, wanted, page, size)


def project_by_slug(
    session: Session, organisation: Organisation, slug: str, *, lock: bool = False
) -> Project | None:
    wanted = select(Project).where(Project.organisation_id == organisation.id, Project.slug == slug)
    wanted = wanted.options(joinedload(Project.organisation, innerjoin=True))
    return session.scalar(holding(wanted, Project) if lock else wanted)


def project_slugs(session: Session, organisation: Organisation) -> set[str]:
    wanted = select(Project.slug).where(Project.organisation_id == organisation.id)
    return set(session.scalars(wanted.order_by(Project.id)))


def project_named(session: Session, organisation: Organisation, name: str) -> Project | None:
    """A running one."""
    wanted = select(Project).where(
        Project.organisation_id == organisation.id,
        Project.name == name,
        Project.closed.is_(False),
    )
    return session.scalars(wanted.order_by(Project.id).limit(1)).first()


def how_many_projects(session: Session, organisation: Organisation) -> int:
    wanted = select(func.count()).where(
        Project.organisation_id == organisation.id, Project.closed.is_(False)
    )
    return session.scalar(wanted) or 0


def places_of(session: Session, project: Project, page: int = 1) -> Paged[Place]:
    wanted = select(Place).where(Place.project_id == project.id).order_by(Place.name, Place.id)
    return paged(session, wanted, page)


def place_by_reference(
    session: Session, project: Project, reference: str, *, lock: bool = False
) -> Place | None:
    wanted = (
        select(Place)
        .join(Place.project)
        .where(Place.project_id == project.id, Place.reference == reference)
        .options(contains_eager(Place.project))
    )
    return session.scalar(holding(wanted, Place) if lock else wanted)
