"""The pathways as a document that is drafted, agreed and published (web.drafting)."""

from typing import Any

from accounts.rules import is_officer
from training.models import PathwayApproval, PathwayDraft, PathwayDraftEvent
from training.pathways.reading import check, read
from training.versions import VERSIONS
from web.access import Verdict
from web.drafting.kind import Kind
from web.toml_writing import as_data


def may_write(person: Any, _thing: object = None) -> Verdict:
    return is_officer(person)


PATHWAYS = Kind(
    versions=VERSIONS,
    draft=PathwayDraft,
    approval=PathwayApproval,
    event=PathwayDraftEvent,
    read=read,
    check=check,
    as_data=as_data,
    may_write=may_write,
    not_agreed="Record first that the steering group agreed this text.",
    changed_since=(
        "The text was changed after the steering group agreed it. "
        "Ask the group again, and record it again."
    ),
    must_agree=(
        "The steering group agreed the version that stands, so it must agree the next one too."
    ),
)
