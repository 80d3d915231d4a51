"""The Charter team's pages for the next version of the pathways."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response

from accounts.rules import is_officer
from training.drafting import queries
from training.drafting.effects import HOW, Effects, OfModule
from training.drafting.kind import PATHWAYS
from training.drafting.pages import PAGES
from training.models import PathwayDraft
from web import clock
from web.access import allow
from web.database import db
from web.drafting.views import DRAFT
from web.pages import show

bp = Blueprint("pathway_drafts", __name__, url_prefix="/team/pathways")
MOST_NAMES = 200
PAGES.add_to(bp)


@dataclass(frozen=True)
class ModuleInDraft:
    draft: PathwayDraft
    module: OfModule


def draft_from_url(person: Any, reference: str) -> PathwayDraft | None:
    found: PathwayDraft | None = PAGES.from_url(person, reference)
    return found


def module_from_url(person: Any, reference: str, key: str) -> ModuleInDraft | None:
    """One whose standing changes for anybody."""
    draft = draft_from_url(person, reference)
    module = _effects(draft).of(key) if draft is not None else None
    return ModuleInDraft(draft, module) if draft is not None and module is not None else None


def _effects(draft: PathwayDraft) -> Effects:
    older, newer = draft.based_on.pathways, PATHWAYS.document_of(draft)
    return queries.what_changes(db(), older, newer, clock.today())


@bp.get(f"{DRAFT}/preview")
@allow(is_officer, on=draft_from_url)
def preview(draft: PathwayDraft) -> Response:
    """As everybody will read it."""
    return show("training/drafting/preview.html", **PAGES.known(draft))


@bp.get(f"{DRAFT}/changes")
@allow(is_officer, on=draft_from_url)
def what_changed(draft: PathwayDraft) -> Response:
    """Whose standing changes, then both texts."""
    page = "training/drafting/changes.html"
    return show(page, effects=_effects(draft), **PAGES.known(draft))


@bp.get(f"{DRAFT}/changes/<key>")
@allow(is_officer, on=module_from_url)
def people(at: ModuleInDraft) -> Response:
    """For whom one module changes: names and places, and nothing of what they learned."""
    listed = [
        (how, at.module.count(how), queries.named(db(), at.module.people[how][:MOST_NAMES]))
        for how in HOW
        if at.module.count(how)
    ]
    page = "training/drafting/people.html"
    return show(page, draft=at.draft, module=at.module, listed=listed)
