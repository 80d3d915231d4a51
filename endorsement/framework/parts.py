"""What a framework holds: areas, standards, a scale, tracks, and levels with their rules.

Plain, frozen objects.  The checks over a whole file stand in ``reading``.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, WrapValidator

from web.scheme.kinds import Key, Language, Part, Text, VersionCode, matching
from web.toml_errors import FieldError

Code = Annotated[
    Text,
    matching(
        r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", "a code", "Use letters, digits and hyphens, like B2"
    ),
]
Texts = tuple[Text, ...]
Codes = Annotated[tuple[Code, ...], Field(strict=False)]
"""A list of the file; strict, pydantic would take tuples only."""
PAGES = ("pledge", "team", "plan")
"""What a first step may lead to, besides standards."""
ALL, ESSENTIALS = "all", "essentials"


def _or_codes(*words: str) -> WrapValidator:
    """One sentence instead of what each half of the choice has to say."""
    shown = " or ".join(f'"{word}"' for word in words)

    def check(value: Any, inner: Any) -> Any:
        try:
            return inner(value)
        except ValidationError:
            raise FieldError(
                f"is neither {shown} nor a list of codes", f'Write {shown}, or like ["A1", "B2"]'
            ) from None

    return WrapValidator(check)


TrackStandards = Annotated[Literal["all"] | Codes, _or_codes(ALL)]
RuleStandards = Annotated[Literal["all", "essentials"] | Codes, _or_codes(ALL, ESSENTIALS)]


class Point(Part):
    """One point of the scale."""

    value: int = Field(ge=0, le=9, description="the number, counted from 0")
    name: Text = Field(description='its name, like "In place"')
    meaning: Text = Field(description="what it means, in a sentence")


class Area(Part):
    key: Code = Field(description='its letter, like "B"')
    name: Text = Field(description="its name, as young people read it")
    about: Text = Field(description="what it is about, in a sentence")
    always_applies: bool = Field(
        False, description="true where nobody may say that a standard does not apply"
    )


class Award(Part):
    """Another scheme's award that counts as evidence for a standard."""

    name: Text = Field(description="its name")
    by: Text = Field(description="who gives it")


class Template(Part):
    """A policy to start from."""

    title: Text = Field(description="what it is called")
    text: Texts = Field(strict=False, min_length=1, description="its paragraphs")


class TrainingBar(Part):
    """What the count of the Training Pathways must say before a standard can be rated so high."""

    point: int = Field(ge=1, le=9, description="the point of the scale that it stands for")
    in_date_percent: int = Field(
        ge=1, le=100, description="how many in a hundred people must be in date, like 80"
    )
    nobody_without: Codes = Field((), description="codes of modules that nobody may lack")


class Standard(Part):
    key: Code = Field(description='its code, like "B2"; it never changes its meaning')
    area: Code = Field(description="the key of its area")
    name: Text = Field(description="its name, in a few plain words")
    statement: Text = Field(description="the standard, in a sentence that begins with We")
    why: Text = Field(description="why it matters to young people, in one or two sentences")
    essential: bool = Field(False, description="true for those every level needs")
    descriptors: Texts = Field(
        strict=False, description="what each point of the scale looks like, lowest first"
    )
    evidence: Texts = Field(
        strict=False, min_length=1, description="light evidence that a small club has"
    )
    questions: Texts = Field(
        strict=False, min_length=1, description="questions that young people can answer"
    )
    example: Text = Field(description="how one place wrote its reason, as an example")
    action: Text = Field(description="an improvement action, as an example")
    charter: tuple[Key, ...] = Field(
        (), strict=False, description="keys of the charter's commitments it goes with"
    )
    awards: tuple[Award, ...] = Field(
        (), strict=False, description="other awards that count as evidence"
    )
    template: Template | None = Field(None, description="a policy to start from")
    modules: tuple[Code, ...] = Field(
        (), strict=False, description="codes of training modules that close a gap"
    )
    training: TrainingBar | None = Field(
        None, description="what the count of the Training Pathways must say, if it says anything"
    )


class Retired(Part):
    """A standard of an earlier version.  Its key never disappears and never means another thing."""

    key: Code = Field(description="the code it had")
    name: Text = Field(description="what it was called")


class Track(Part):
    key: Key = Field(description="a short word for addresses")
    name: Text = Field(description='its name, like "Small groups"')
    meaning: Text = Field(description="whom it is for, in a sentence")
    standards: TrackStandards = Field("all", description='"all", or the codes of its standards')


class LevelRule(Part):
    """One thing that must hold.

    ``every``: each of ``of`` is at ``at`` or above.  ``count``: at least ``count`` of ``of`` are,
    with so many in the areas of ``in_area``, the whole of ``whole_areas``, and ``each_area`` in
    every area.  ``areas``: at least ``count`` areas have all their standards at ``at`` or above.
    """

    kind: Literal["every", "count", "areas"] = Field(description='"every", "count" or "areas"')
    at: int = Field(ge=1, le=9, description="the point of the scale they must reach")
    of: RuleStandards = Field("all", description='"all", "essentials", or a list of codes')
    count: int | None = Field(None, ge=1, le=500, description="how many must reach it")
    in_area: dict[Code, int] = Field(
        default_factory=dict, description="how many of them in an area, like {B = 1}"
    )
    whole_areas: tuple[Code, ...] = Field(
        (), strict=False, description="areas in which all must reach it"
    )
    each_area: int = Field(0, ge=0, le=100, description="how many in every area")
    tracks: tuple[Key, ...] = Field(
        (), strict=False, description="the tracks it is asked of; all of them if left out"
    )


class After(Part):
    """How long the level before must have been held."""

    level: Key = Field(description="the key of the level before")
    months: int = Field(ge=1, le=120, description="for how many months")
    needed: bool = Field(
        description="true: it must have been held; false: only who holds it must wait"
    )


class Level(Part):
    key: Key = Field(description="a short word for addresses")
    name: Text = Field(description='its name, like "Established"')
    meaning: Text = Field(description="what it says of a place, in a sentence")
    award: bool = Field(True, description="false for a note that is no award")
    tracks: tuple[Key, ...] = Field(
        (), strict=False, description="the tracks that may reach it; all of them if left out"
    )
    rules: tuple[LevelRule, ...] = Field(
        (), strict=False, description="what must hold, each under [[levels.rules]]"
    )
    after: After | None = Field(None, description="the level that must have been held before")
    looks: Text = Field(description="how the steering group looks at it, in a sentence")
    visit: bool = Field(False, description="true where a visit is made")
    young_assessor: bool = Field(False, description="true where a young assessor reads too")


class Framework(Part):
    code: VersionCode = Field(description='the version\'s name, like "2026"')
    title: Text = Field(description="the framework's name")
    summary: Text = Field(description="what it is, in a sentence or two")
    language: Language = Field(description="the language of the text, like en")
    agreed_by: Text | None = Field(None, description="who agreed it")
    agreed_on: date | None = Field(None, description="the day they did")
    small_track_questions: Texts = Field(
        (), strict=False, description="yes-or-no questions; yes to all leads to the last track"
    )
    scale: tuple[Point, ...] = Field(strict=False, min_length=2, description="under [[scale]]")
    areas: tuple[Area, ...] = Field(strict=False, min_length=1, description="under [[areas]]")
    standards: tuple[Standard, ...] = Field(
        strict=False, min_length=1, max_length=200, description="under [[standards]]"
    )
    tracks: tuple[Track, ...] = Field(strict=False, min_length=1, description="under [[tracks]]")
    levels: tuple[Level, ...] = Field(
        strict=False, min_length=1, description="under [[levels]], lowest first"
    )
    first_steps: tuple[Annotated[Texts, Field(strict=False)], ...] = Field(
        (),
        strict=False,
        description='"Four Tuesdays": a title each, then codes of standards, or pledge, team, plan',
    )

    young_assessors_read: Codes = Field(
        (), description="codes of areas or standards; all but the essentials if left out"
    )

    retired: tuple[Retired, ...] = Field(
        (), strict=False, description="standards of earlier versions, under [[retired]]"
    )

    @cached_property
    def by_key(self) -> dict[str, Standard]:
        return {standard.key: standard for standard in self.standards}

    @cached_property
    def area_by_key(self) -> dict[str, Area]:
        return {area.key: area for area in self.areas}

    @cached_property
    def level_by_key(self) -> dict[str, Level]:
        return {level.key: level for level in self.levels}

    @property
    def top(self) -> int:
        """The highest point of the scale."""
        return self.scale[-1].value

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what the file says, not of its bytes: a comment put right changes nothing."""
        told = self.model_dump(mode="json", exclude_defaults=True)  # a new field changes no mark
        said = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def track(self, key: str) -> Track:
        """KeyError when there is none of that key."""
        return {track.key: track for track in self.tracks}[key]

    def on_track(self, key: str) -> tuple[Standard, ...]:
        """The standards of a track, in the file's order."""
        wanted = self.track(key).standards
        return tuple(s for s in self.standards if wanted == ALL or s.key in wanted)

    def young_read(self, standard: Standard) -> bool:
        """Whether a young assessor reads it.  A text that does not say keeps the essentials from
        them: those are policies, checks and complaints."""
        said = self.young_assessors_read
        return standard.area in said or standard.key in said if said else not standard.essential

    def levels_on(self, track: str) -> tuple[Level, ...]:
        """The levels a track may reach, lowest first."""
        return tuple(level for level in self.levels if not level.tracks or track in level.tracks)

    def rules_of(self, level: Level, track: str) -> tuple[LevelRule, ...]:
        return tuple(rule for rule in level.rules if not rule.tracks or track in rule.tracks)

    def may_not_apply(self, standard: Standard) -> bool:
        """Whether an organisation may say that it does not apply to it."""
        return not standard.essential and not self.area_by_key[standard.area].always_applies

    def areas_of(self, standards: Iterable[Standard]) -> tuple[Area, ...]:
        """The areas that hold any of them, in the file's order."""
        held = {standard.area for standard in standards}
        return tuple(area for area in self.areas if area.key in held)

    def model_copy(self, *, update: Any = None, deep: bool = False) -> "Framework":
        """A copy, without what was worked out from the old one's parts."""
        copy = super().model_copy(update=update, deep=deep)
        for name in ("by_key", "area_by_key", "level_by_key"):
            copy.__dict__.pop(name, None)
        return copy
