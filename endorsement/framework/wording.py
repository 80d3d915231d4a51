"""A level's rules in plain sentences, for whoever reads the framework."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from endorsement.framework.parts import ALL, ESSENTIALS, Framework, Level, LevelRule


def rules_in_words(framework: Framework, level: Level) -> list[tuple[str, list[str]]]:
    """Sentences by the name of the track they are asked of; "" for all tracks of the level."""
    found: dict[str, list[str]] = {}
    for rule in level.rules:
        names = [track.name for track in framework.tracks if track.key in rule.tracks]
        found.setdefault(", ".join(names), []).extend(in_words(framework, rule))
    return list(found.items())


def in_words(framework: Framework, rule: LevelRule) -> Iterator[str]:
    point = framework.scale[rule.at].name
    if rule.kind == "every":
        yield _every(framework, rule, point)
    elif rule.kind == "areas":
        yield ngettext(
            "At least %(num)s whole area is at “%(point)s” or above.",
            "At least %(num)s whole areas are at “%(point)s” or above.",
            rule.count or 1,
            point=point,
        )
    else:
        yield from _count(framework, rule, point)


def _every(framework: Framework, rule: LevelRule, point: str) -> str:
    if rule.of == ALL:
        return _("Everything is at “%(point)s” or above.", point=point)
    if rule.of == ESSENTIALS:
        return _("All that is always needed is at “%(point)s” or above.", point=point)
    names = _names(framework, rule.of)
    return _("These are at “%(point)s” or above: %(names)s.", point=point, names=names)


def _count(framework: Framework, rule: LevelRule, point: str) -> Iterator[str]:
    if rule.of in (ALL, ESSENTIALS):
        yield _("At least %(n)s are at “%(point)s”.", n=rule.count, point=point)
    else:
        names = _names(framework, rule.of)
        yield _("At least %(n)s of these are at “%(point)s”: %(names)s.", n=rule.count,
                point=point, names=names)  # fmt: skip
    areas = framework.area_by_key
    for key, count in rule.in_area.items():
        yield _("%(n)s or more of them are in “%(area)s”.", n=count, area=areas[key].name)
    for key in rule.whole_areas:
        yield _("All of “%(area)s” is among them.", area=areas[key].name)
    if rule.each_area:
        yield ngettext(
            "Every area has at least %(num)s of them.",
            "Every area has at least %(num)s of them.",
            rule.each_area,
        )


def _names(framework: Framework, keys: Iterable[str]) -> str:
    return "; ".join(framework.by_key[key].name for key in keys)
