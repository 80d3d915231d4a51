"""Evidence of an organisation, by the real actions."""

from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from endorsement.evidence import actions, contents
from endorsement.evidence.actions import Described
from endorsement.evidence.contents import Content
from endorsement.models import EvidenceItem
from tests.builders import accounts
from tests.web.files import making
from web import clock
from web.files.receiving import check


def item(
    session: Session,
    organisation: Organisation,
    title: str = "How we listen",
    content: Content | None = None,
    *,
    by: Any = None,
    **more: Any,
) -> EvidenceItem:
    """In their own words, unless told; other words for every title, as nothing stands twice."""
    made = actions.add(
        session,
        organisation,
        Described(title=title, **more),
        content or contents.words(f"{title}: we sit together every Friday and ask."),
        by=by or accounts.lead_of(organisation),
        at=clock.now(),
    )
    session.commit()
    return made


def file(
    session: Session,
    organisation: Organisation,
    sent: bytes,
    name: str = "our work.pdf",
    **more: Any,
) -> EvidenceItem:
    """A file that web.files took."""
    checked = check(making.sent(sent, name))
    try:
        return item(session, organisation, content=contents.file(checked), **more)
    finally:
        checked.close()
