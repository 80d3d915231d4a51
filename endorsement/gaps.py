"""What stands between an organisation and a level, each thing as a plain sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from endorsement.framework.parts import ESSENTIALS, Framework, Level, LevelRule, Standard
from endorsement.levels import Demand, Standing, demands, months_to_wait

MOST_NAMES = 4


@dataclass(frozen=True)
class Gap:
    """One thing that a rule asks and that is not there yet."""

    rule: LevelRule
    what: str
    """As in ``levels.Demand``."""
    short: int
    """How many standards are missing; for whole areas, how many areas."""
    standards: tuple[Standard, ...]
    """Those that are below.  All of them are needed, or ``short`` of them are enough."""
    sentence: str


def gaps(framework: Framework, track: str, level: Level, standing: Standing) -> list[Gap]:
    """Everything that is missing, in the order of the rules; none when the level is reached."""
    return [
        gap
        for rule in framework.rules_of(level, track)
        for gap in _of_rule(framework, track, rule, standing)
    ]


def _of_rule(
    framework: Framework, track: str, rule: LevelRule, standing: Standing
) -> Iterator[Gap]:
    for demand in demands(framework, track, rule, standing):
        short = demand.short(standing)
        if short:
            below = demand.below(standing)
            said = _sentence(framework, rule, demand, standing)
            yield Gap(rule, demand.what, short, below, said)


def _sentence(framework: Framework, rule: LevelRule, demand: Demand, standing: Standing) -> str:
    known = {
        "point": framework.scale[demand.at].name,
        "area": framework.area_by_key[demand.area].name if demand.area else "",
        "met": demand.met(standing),
        "all": demand.count,
        "names": _names(demand.below(standing)),
    }
    short = demand.short(standing)
    if demand.what == "every":
        return _below(rule, short, known)
    if demand.what == "areas":
        return _areas(short, known)
    if demand.what == "whole_area":
        return _("All of “%(area)s” must be at %(point)s. Below it: %(names)s.", **known)
    if demand.what == "count":
        return _count(short, known)
    return _in_area(short, known)


def _below(rule: LevelRule, short: int, known: dict[str, object]) -> str:
    if rule.of == ESSENTIALS:
        return ngettext(
            "%(num)s essential is below %(point)s: %(names)s.",
            "%(num)s essentials are below %(point)s: %(names)s.",
            short,
            **known,
        )
    return ngettext(
        "%(num)s standard is below %(point)s: %(names)s.",
        "%(num)s standards are below %(point)s: %(names)s.",
        short,
        **known,
    )


def _count(short: int, known: dict[str, object]) -> str:
    return ngettext(
        "%(num)s more standard must be at %(point)s. It asks for %(all)s, and you have %(met)s.",
        "%(num)s more standards must be at %(point)s. It asks for %(all)s, and you have %(met)s.",
        short,
        **known,
    )


def _in_area(short: int, known: dict[str, object]) -> str:
    return ngettext(
        "%(num)s more standard in “%(area)s” must be at %(point)s.",
        "%(num)s more standards in “%(area)s” must be at %(point)s.",
        short,
        **known,
    )


def _areas(short: int, known: dict[str, object]) -> str:
    return ngettext(
        "%(num)s more area must be at %(point)s in all its standards. It asks for %(all)s, "
        "and you have %(met)s.",
        "%(num)s more areas must be at %(point)s in all their standards. It asks for %(all)s, "
        "and you have %(met)s.",
        short,
        **known,
    )


def waiting(framework: Framework, level: Level, standing: Standing) -> str:
    """What time alone can mend, as a sentence; empty when nothing waits for it."""
    months = months_to_wait(level, standing)
    if not months or level.after is None:
        return ""
    return ngettext(
        "%(before)s must be held for %(all)s months first. It needs %(num)s month more.",
        "%(before)s must be held for %(all)s months first. It needs %(num)s months more.",
        months,
        before=framework.level_by_key[level.after.level].name,
        all=level.after.months,
    )


def _names(standards: Sequence[Standard]) -> str:
    """The first few by name, and how many more there are."""
    if len(standards) <= MOST_NAMES:
        return "; ".join(s.name for s in standards)
    shown = "; ".join(s.name for s in standards[: MOST_NAMES - 1])
    more = len(standards) - MOST_NAMES + 1
    return _("%(names)s; and %(n)s more", names=shown, n=more)
