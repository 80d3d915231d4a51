"""What changed between two versions of the pathways: what is new, changed, gone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from training.pathways.parts import Module, Pathways, Role, Route, Stage
from web.drafting.comparing import CHANGED, GONE, KEPT, NEW, TwoTexts, differing, lines_of

OF_A_MODULE = {
    "name": _l("Its name"),
    "stage": _l("Its stage"),
    "about": _l("What one learns"),
    "how": _l("How to get it"),
    "hours": _l("How many hours it takes"),
    "valid_months": _l("Good for how many months"),
    "update": _l("What is owed in between"),
    "after_charter_months": _l("Months after a new charter"),
    "needs": _l("What comes before it"),
    "renews": _l("What it renews"),
    "equivalents": _l("What counts as it"),
    "qualification": _l("It never runs out"),
}
OF_A_ROLE = {
    "name": _l("Its name"),
    "about": _l("Who this is"),
    "needed": _l("What it needs"),
    "checks": _l("May check colleagues"),
}
OF_A_STAGE = {
    "name": _l("Its name"),
    "for_whom": _l("For whom"),
    "about": _l("What one can do after it"),
}
OF_A_ROUTE = {"name": _l("Its name"), "about": _l("For whom"), "steps": _l("Its steps")}
OF_THE_WHOLE = {
    "title": _l("Its name"),
    "summary": _l("What it is"),
    "language": _l("Its language"),
    "due_days": _l("How many days before it runs out a module is due"),
}


@dataclass(frozen=True)
class Change:
    kind: str
    of: Any
    """As it is now; one that is gone, as it was."""
    texts: tuple[TwoTexts, ...] = ()


@dataclass(frozen=True)
class Changes:
    modules: tuple[Change, ...]
    roles: tuple[Change, ...]
    stages: tuple[Change, ...]
    routes: tuple[Change, ...]
    whole: tuple[TwoTexts, ...]

    @property
    def lists(self) -> list[tuple[Any, list[Change]]]:
        """Of each kind, under its heading, what is not as it was."""
        found = (
            (_l("Modules"), self.modules),
            (_l("Roles"), self.roles),
            (_l("Stages"), self.stages),
            (_l("Side routes"), self.routes),
        )
        told = [(heading, [c for c in all_ if c.kind != KEPT]) for heading, all_ in found]
        return [(heading, changed) for heading, changed in told if changed]

    @property
    def any(self) -> bool:
        return bool(self.whole or self.lists)


def between(older: Pathways, newer: Pathways) -> Changes:
    return Changes(
        _changes(older.modules, newer.modules, OF_A_MODULE, _module, (older, newer)),
        _changes(older.roles, newer.roles, OF_A_ROLE, _role, (older, newer)),
        _changes(older.stages, newer.stages, OF_A_STAGE, _stage, (older, newer)),
        _changes(older.routes, newer.routes, OF_A_ROUTE, _route, (older, newer)),
        differing(_whole(older), _whole(newer), OF_THE_WHOLE),
    )


def _changes(
    was: Iterable[Any],
    now: Iterable[Any],
    labels: dict[str, Any],
    told: Callable[[Pathways, Any], dict[str, list[str]]],
    versions: tuple[Pathways, Pathways],
) -> tuple[Change, ...]:
    before = {one.key: one for one in was}
    after = {one.key: one for one in now}
    found = []
    for key, one in after.items():
        if key not in before:
            found.append(Change(NEW, one))
            continue
        texts = differing(told(versions[0], before[key]), told(versions[1], one), labels)
        found.append(Change(CHANGED if texts else KEPT, one, texts))
    return (*found, *(Change(GONE, one) for key, one in before.items() if key not in after))


def _module(pathways: Pathways, module: Module) -> dict[str, list[str]]:
    plain = {name: lines_of(getattr(module, name)) for name in OF_A_MODULE}
    update = module.update
    return plain | {
        "stage": [pathways.stage_by_key[module.stage].name] if module.stage else [],
        "update": [_("%(name)s, each %(n)s months", name=update.name, n=update.months)]
        if update
        else [],
        "needs": _named(pathways, module.needs),
        "renews": _named(pathways, module.renews),
    }


def _role(pathways: Pathways, role: Role) -> dict[str, list[str]]:
    asked = pathways.asked_of(role.key)
    in_order = [module.key for module in pathways.modules if module.key in asked]
    return {
        "name": [role.name],
        "about": [role.about],
        "needed": _named(pathways, in_order),
        "checks": lines_of(role.checks),
    }


def _stage(_pathways: Pathways, stage: Stage) -> dict[str, list[str]]:
    return {name: lines_of(getattr(stage, name)) for name in OF_A_STAGE}


def _route(pathways: Pathways, route: Route) -> dict[str, list[str]]:
    steps = [
        f"{step.name}: {step.about} {'; '.join(_named(pathways, step.modules))}".strip()
        for step in route.steps
    ]
    return {"name": [route.name], "about": [route.about], "steps": steps}


def _whole(pathways: Pathways) -> dict[str, list[str]]:
    return {name: lines_of(getattr(pathways, name)) for name in OF_THE_WHOLE}


def _named(pathways: Pathways, keys: Iterable[str]) -> list[str]:
    return [f"{key} {pathways.by_key[key].name}" for key in keys]
