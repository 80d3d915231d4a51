"""The example county's versions: an earlier one, and a draft whose approval fell away."""

import tomllib
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from charter import content, queries
from charter.models import CharterDraft
from charter.versions import actions, text
from charter.versions import queries as found
from web.example import LONG_AGO, County
from web.settings import ROOT

FILE = ROOT / "content" / "example" / "drafts.toml"
BEFORE = LONG_AGO + timedelta(days=400)


def plan(county: County) -> None:
    words = tomllib.loads(FILE.read_text(encoding="utf-8"))
    _earlier(county, words["earlier"])
    county.plan(24, partial(_begin, county, words["next"]), hour=10)
    county.plan(9, partial(_approve, county, words["approval"]), hour=18)
    county.plan(3, partial(_change, county, words["next"]["after_approval"]), hour=11)


def _earlier(county: County, told: dict[str, Any]) -> None:
    """A version before the one that stands, so that there is something that changed."""
    standing = content.read(content.DEFAULT)
    kept = [c for c in standing.commitments if c.key not in told["gone"]]
    commitments = [
        c.model_copy(update=told["words"].get(c.key, {}) | {"number": number})
        for number, c in enumerate(kept, start=1)
    ]
    own = {name: told[name] for name in ("code", "title", "summary")}
    earlier = standing.model_copy(update=own | {"commitments": tuple(commitments)})
    at = county.as_of - BEFORE
    content.publish(county.session, earlier, by="system:flask example load", at=at)


def _begin(county: County, told: dict[str, Any], at: datetime) -> None:
    version = queries.current_charter(county.session)
    if version is None:
        raise RuntimeError("the charter comes first")
    by = county.things["officers"][0]
    draft = actions.begin(county.session, version, by=by, at=at)
    words = {"code": told["code"], "title": draft.title, "summary": draft.summary}
    actions.write_whole(county.session, draft, words, by=by, at=at)
    _write(county, draft, told["words"], by, at)


def _approve(county: County, told: dict[str, Any], at: datetime) -> None:
    agreed = actions.Agreed(**told, agreed_on=(at - timedelta(days=1)).date())
    by = county.things["officers"][0]
    actions.approve(county.session, _draft(county), agreed, by=by, at=at)


def _change(county: County, words: dict[str, Any], at: datetime) -> None:
    _write(county, _draft(county), words, county.things["officers"][-1], at)


def _write(
    county: County, draft: CharterDraft, words: dict[str, Any], by: Any, at: datetime
) -> None:
    for commitment in draft.commitments:
        if commitment.key in words:
            now = {name: getattr(commitment, name) for name in text.FIELDS}
            changed = now | words[commitment.key]
            actions.write_commitment(county.session, draft, commitment, changed, by=by, at=at)


def _draft(county: County) -> CharterDraft:
    version = queries.current_charter(county.session)
    draft = found.open_draft(county.session, version.language) if version else None
    if draft is None:
        raise RuntimeError("the draft comes first")
    return draft
