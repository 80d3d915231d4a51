"""The draft as everybody will read it, for the Charter team alone and never kept."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, url_for

from accounts.rules import is_officer
from charter.queries import current_charter
from endorsement.drafting import actions, loading
from endorsement.drafting.views import bp
from endorsement.framework import Framework
from endorsement.models import FrameworkDraft
from web import clock
from web.access import allow
from web.database import db
from web.drafting.views import DRAFT
from web.pages import show

PREVIEW = f"{DRAFT}/preview"


@dataclass(frozen=True)
class AsVersion:
    """What the public pages ask of a version."""

    code: str
    framework: Framework
    published_at: datetime


def _as_version(draft: FrameworkDraft) -> AsVersion:
    return AsVersion(draft.code, actions.as_agreed(draft), clock.now())


@bp.get(PREVIEW)
@allow(is_officer, on=loading.draft)
def preview(draft: FrameworkDraft) -> Response:
    version = _as_version(draft)
    reference = draft.reference
    return show(
        "endorsement/drafting/preview_framework.html",
        draft=draft,
        version=version,
        framework=version.framework,
        address=lambda one: url_for(".preview_standard", reference=reference, key=one.key),
        earlier=False,
        others=[],
    )


@bp.get(f"{PREVIEW}/<key>")
@allow(is_officer, on=loading.standard)
def preview_standard(at: loading.InDraft) -> Response:
    version, charter = _as_version(at.draft), current_charter(db())
    standard = version.framework.by_key[at.key]
    titles = {c.key: c.title for c in charter.commitments} if charter else {}
    return show(
        "endorsement/drafting/preview_standard.html",
        draft=at.draft,
        version=version,
        framework=version.framework,
        standard=standard,
        back=url_for(".preview", reference=at.draft.reference),
        earlier=False,
        promises=[(key, titles[key]) for key in standard.charter if key in titles],
    )
