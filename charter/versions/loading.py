"""From an address to a draft, for the Charter team alone."""

from dataclasses import dataclass
from typing import Any

from flask import request

from accounts.rules import is_officer
from charter.models import CharterDraft, Commitment, DraftCommitment
from charter.versions import queries
from web.database import READING, db


@dataclass(frozen=True)
class InDraft:
    """One commitment of a draft."""

    draft: CharterDraft
    commitment: DraftCommitment


def draft(person: Any, reference: str) -> CharterDraft | None:
    """What is about to be changed is locked."""
    if is_officer(person) is not True:
        return None
    return queries.draft_by_reference(db(), reference, lock=request.method not in READING)


def commitment(person: Any, reference: str, key: str) -> InDraft | None:
    found = draft(person, reference)
    if found is None:
        return None
    wanted = next((c for c in found.commitments if c.key == key), None)
    return InDraft(found, wanted) if wanted is not None else None


@dataclass(frozen=True)
class Gone:
    """A commitment of the version before that the draft has no more."""

    draft: CharterDraft
    was: Commitment


def gone(person: Any, reference: str, key: str) -> Gone | None:
    found = draft(person, reference)
    if found is None:
        return None
    was = next((c for c in found.based_on.commitments if c.key == key), None)
    return Gone(found, was) if was is not None else None
