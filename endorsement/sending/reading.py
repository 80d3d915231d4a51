"""A submission as people read it: made of its items alone, so that it says what was sealed.

The preview makes it of items that are not sealed yet: what is shown before is what is sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from endorsement.framework import Area, Framework
from endorsement.sending import snapshot


@dataclass(frozen=True)
class Part:
    """One item, there or removed."""

    kind: str
    key: str
    content: dict[str, Any] | None
    number: int | None = None
    """Nothing in a preview."""
    removed_at: datetime | None = None
    removed_why: str = ""


@dataclass(frozen=True)
class StandardRead:
    key: str
    name: str
    answer: Part
    actions: list[Part] = field(default_factory=list)
    evidence: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    framework: Framework
    by_kind: dict[str, Part]
    """The kinds of which there is one: submission, declaration, organisation, …"""
    areas: list[tuple[Area, list[StandardRead]]]
    removed: list[Part]
    versions: Mapping[tuple[str, int], Any]
    """Of evidence, by reference and number: where the words are that were sealed by their hash."""

    @property
    def submission(self) -> Part | None:
        return self.by_kind.get(snapshot.SUBMISSION)

    @property
    def declaration(self) -> Part | None:
        return self.by_kind.get(snapshot.DECLARATION)

    @property
    def organisation(self) -> Part | None:
        return self.by_kind.get(snapshot.ORGANISATION)

    @property
    def pledge(self) -> Part | None:
        return self.by_kind.get(snapshot.PLEDGE)


MANY = (snapshot.ANSWER, snapshot.ACTION, snapshot.EVIDENCE)


def record(
    framework: Framework, items: Iterable[Any], versions: Mapping[tuple[str, int], Any]
) -> Record:
    """``items``: rows of submission_item, or items of a snapshot."""
    parts = [_part(item) for item in items]
    return Record(
        framework,
        {part.kind: part for part in parts if part.kind not in MANY},
        _areas(framework, parts),
        [part for part in parts if part.content is None],
        versions,
    )


def _part(item: Any) -> Part:
    return Part(
        item.kind,
        item.key,
        item.content,
        getattr(item, "number", None),
        getattr(item, "removed_at", None),
        getattr(item, "removed_why", ""),
    )


def _areas(framework: Framework, parts: Sequence[Part]) -> list[tuple[Area, list[StandardRead]]]:
    read = [_standard(framework, part, parts) for part in parts if part.kind == snapshot.ANSWER]
    area_of = {standard.key: standard.area for standard in framework.standards}
    return [
        (area, mine)
        for area in framework.areas
        if (mine := [one for one in read if area_of.get(one.key) == area.key])
    ]


def _standard(framework: Framework, answer: Part, parts: Sequence[Part]) -> StandardRead:
    """Removed actions and evidence say no more which standard they were of."""
    there = [part for part in parts if part.content is not None]
    return StandardRead(
        answer.key,
        framework.by_key[answer.key].name,
        answer,
        [p for p in there if p.kind == snapshot.ACTION and p.content["standard"] == answer.key],  # type: ignore[index]
        [p for p in there if p.kind == snapshot.EVIDENCE and answer.key in p.content["standards"]],  # type: ignore[index]
    )
