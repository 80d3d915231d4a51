"""What pathways hold: modules, the stages that order them, the roles that need them, side routes.

Plain, frozen objects.  The checks over a whole file stand in ``checks``.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from web.scheme.kinds import Key, Language, Part, Text, VersionCode, matching

Code = Annotated[
    Text,
    matching(
        r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", "a code", "Use letters, digits and hyphens, like W2"
    ),
]
AnyKey = Annotated[
    Text, matching(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", "a key", "Copy it from the version before")
]
Codes = Annotated[tuple[Code, ...], Field(strict=False)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


class Update(Part):
    """What keeps a module in date in between."""

    months: int = Field(ge=1, le=120, description="within how many months of the last one")
    name: Text = Field(description='what it is called, like "Yearly update"')


class Module(Part):
    key: Code = Field(description='its code, like "W2"; it never changes its meaning')
    name: Text = Field(description="its name, in a few plain words")
    stage: Key | None = Field(None, description="the key of the stage it stands in, if it does")
    about: Texts = Field(min_length=1, description="what one learns, a line each")
    how: Text = Field(description="how to get it, in a sentence or two")
    hours: float | None = Field(None, gt=0, le=2000, description="how many hours it takes")
    valid_months: int | None = Field(
        None, ge=1, le=240, description="for how many months; left out, it is done once"
    )
    update: Update | None = Field(None, description="what is owed in between, if anything is")
    after_charter_months: int | None = Field(
        None,
        ge=1,
        le=120,
        description="once a new charter is published it stays in date for so many months more",
    )
    needs: Codes = Field((), description="codes of modules that come before it")
    renews: Codes = Field((), description="codes of modules that it renews")
    equivalents: Texts = Field((), description="other courses that count as it")
    qualification: bool = Field(False, description="true for what never runs out, like a degree")

    @property
    def once(self) -> bool:
        """Nothing makes it run out."""
        lasting = self.valid_months is None and self.update is None
        return self.qualification or (lasting and self.after_charter_months is None)


class Stage(Part):
    key: Key = Field(description="a short word for addresses")
    name: Text = Field(description='its name, like "Welcome"')
    for_whom: Text = Field(description="whom it is for, in a sentence")
    about: Text = Field(description="what one can do after it, in a sentence")


class Role(Part):
    key: Key = Field(description="a short word for addresses; it never changes its meaning")
    name: Text = Field(description='its name, like "Trustee"')
    about: Text = Field(description="who this is, in a sentence")
    stages: tuple[Key, ...] = Field((), strict=False, description="stages it needs as a whole")
    modules: Codes = Field((), description="modules it needs besides")
    checks: bool = Field(False, description="true for those who may check colleagues' records")


class Step(Part):
    """A place on a side route; those before it come first."""

    key: Key = Field(description="a short word, of its own among all steps")
    name: Text = Field(description='what one is then, like "Young trainer"')
    about: Text = Field(description="what one does then, in a sentence or two")
    modules: Codes = Field((), description="codes of what it needs")


class Route(Part):
    key: Key = Field(description="a short word for addresses")
    name: Text = Field(description="its name")
    about: Text = Field(description="whom it is for, in a sentence")
    steps: tuple[Step, ...] = Field(strict=False, min_length=1, description="in their order")


class Retired(Part):
    """A module or role of an earlier version.  Its key never means another thing."""

    key: AnyKey = Field(description="the code it had")
    name: Text = Field(description="what it was called")


class Pathways(Part):
    code: VersionCode = Field(description='the version\'s name, like "2026"')
    title: Text = Field(description="what they are called")
    summary: Text = Field(description="what they are, in a sentence or two")
    language: Language = Field(description="the language of the text, like en")
    agreed_by: Text | None = Field(None, description="who agreed them")
    agreed_on: date | None = Field(None, description="the day they did")
    due_days: int = Field(
        60, ge=1, le=366, description="how many days before it runs out a module is due"
    )
    stages: tuple[Stage, ...] = Field(strict=False, min_length=1, description="in their order")
    modules: tuple[Module, ...] = Field(
        strict=False, min_length=1, max_length=200, description="under [[modules]]"
    )
    roles: tuple[Role, ...] = Field(strict=False, min_length=1, description="under [[roles]]")
    routes: tuple[Route, ...] = Field((), strict=False, description="under [[routes]]")
    retired: tuple[Retired, ...] = Field(
        (), strict=False, description="modules and roles of earlier versions, under [[retired]]"
    )

    @cached_property
    def by_key(self) -> dict[str, Module]:
        return {module.key: module for module in self.modules}

    @cached_property
    def role_by_key(self) -> dict[str, Role]:
        return {role.key: role for role in self.roles}

    @cached_property
    def stage_by_key(self) -> dict[str, Stage]:
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def route_steps(self) -> dict[str, tuple[Step, ...]]:
        """By the key of a step, that step and all before it."""
        return {
            step.key: route.steps[: place + 1]
            for route in self.routes
            for place, step in enumerate(route.steps)
        }

    @cached_property
    def order(self) -> dict[str, int]:
        """Each module's place where what it needs stands before it; else as in the file."""
        placed: dict[str, int] = {}

        def place(key: str) -> None:
            if key not in placed:
                for before in self.by_key[key].needs:
                    place(before)
                placed[key] = len(placed)

        for module in self.modules:
            place(module.key)
        return placed

    @cached_property
    def renewed_by(self) -> dict[str, frozenset[str]]:
        """By module, those that renew it: also what renews one that renews it."""
        direct: dict[str, set[str]] = {key: set() for key in self.by_key}
        for module in self.modules:
            for key in module.renews:
                direct[key].add(module.key)
        return {key: _closure(key, direct) - {key} for key in direct}

    @cached_property
    def all_before(self) -> dict[str, frozenset[str]]:
        """By module, all that must come before it, near and far."""
        direct = {module.key: set(module.needs) for module in self.modules}
        return {key: _closure(key, direct) - {key} for key in direct}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what the file says, not of its bytes: a comment put right changes nothing."""
        told = self.model_dump(mode="json", exclude_defaults=True)  # a new field changes no mark
        said = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def in_stage(self, stage: str) -> tuple[Module, ...]:
        return self._by_stage.get(stage, ())

    @cached_property
    def _by_stage(self) -> dict[str, tuple[Module, ...]]:
        keys = {stage.key for stage in self.stages}
        return {key: tuple(m for m in self.modules if m.stage == key) for key in keys}

    def asked_of(self, role: str) -> frozenset[str]:
        """The codes a role needs, with whatever has to come before them; of no role, none."""
        found = self.role_by_key.get(role)
        if found is None:
            return frozenset()
        in_stages = {m.key for m in self.modules if m.stage in found.stages}
        return self._with_before({*in_stages, *found.modules})

    def asked_at(self, step: str) -> frozenset[str]:
        """The codes that a step of a side route needs, with those of the steps before it."""
        return self._with_before({k for s in self.route_steps[step] for k in s.modules})

    def _with_before(self, keys: Iterable[str]) -> frozenset[str]:
        wanted = set(keys)
        return frozenset(wanted.union(*(self.all_before[key] for key in wanted)))

    def required(self, roles: Iterable[str]) -> frozenset[str]:
        """What all of a person's roles ask together."""
        return frozenset().union(*(self.asked_of(role) for role in roles))

    def model_copy(self, *, update: Any = None, deep: bool = False) -> "Pathways":
        """A copy, without what was worked out from the old one's parts."""
        copy = super().model_copy(update=update, deep=deep)
        for name, found in vars(type(self)).items():
            if isinstance(found, cached_property):
                copy.__dict__.pop(name, None)
        return copy


def _closure(start: str, direct: dict[str, set[str]]) -> frozenset[str]:
    """Whatever can be reached from there."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for key in direct[waiting.pop()] - seen:
            seen.add(key)
            waiting.append(key)
    return frozenset(seen)
