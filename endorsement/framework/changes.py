"""What changed between two versions of the framework: what is new, changed, moved, gone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from endorsement.framework.parts import Framework, Level, Standard, TrainingBar
from endorsement.framework.wording import rules_in_words
from web.drafting.comparing import CHANGED, GONE, KEPT, NEW, TwoTexts, differing, lines_of

OF_A_STANDARD = {
    "name": _l("Its name"),
    "area": _l("Its area"),
    "essential": _l("Always needed"),
    "statement": _l("What it says"),
    "why": _l("Why it matters"),
    "descriptors": _l("What each point looks like"),
    "evidence": _l("What a place can show"),
    "questions": _l("Questions for young people"),
    "example": _l("An example"),
    "action": _l("An example of an action"),
    "charter": _l("Promises it goes with"),
    "awards": _l("Other awards that count"),
    "template": _l("A page to start from"),
    "modules": _l("Training that helps"),
    "training": _l("What the count of training must say"),
}
WHAT_IS_ASKED = ("statement", "descriptors", "essential")
"""Where one of these changed, a rating given before may no longer be right."""
OF_A_LEVEL = {
    "name": _l("Its name"),
    "meaning": _l("What it says of a place"),
    "looks": _l("How it is looked at"),
    "award": _l("It is an award"),
    "visit": _l("A visit is made"),
    "young_assessor": _l("A young assessor reads too"),
    "tracks": _l("Who may reach it"),
    "rules": _l("What must hold"),
    "after": _l("Which level must have been held before"),
}
OF_THE_WHOLE = {
    "title": _l("Its name"),
    "summary": _l("What it is"),
    "scale": _l("The points"),
    "areas": _l("The areas"),
    "tracks": _l("Big and small places"),
    "small_track_questions": _l("The questions for small places"),
    "first_steps": _l("The first evenings"),
    "young_assessors_read": _l("What young assessors read"),
}


@dataclass(frozen=True)
class Change:
    """What became of one standard, or of one level."""

    kind: str
    of: Any
    """As it is now; one that is gone, as it was."""
    texts: tuple[TwoTexts, ...] = ()
    asks_anew: bool = False
    """What is asked changed, so that an answer given before should be looked at again."""


@dataclass(frozen=True)
class Changes:
    standards: tuple[Change, ...]
    """In the order of the newer one; what is gone comes last."""
    levels: tuple[Change, ...]
    whole: tuple[TwoTexts, ...]

    @property
    def any(self) -> bool:
        return bool(self.whole) or any(c.kind != KEPT for c in (*self.standards, *self.levels))

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.standards if change.kind == kind]

    def by_key(self) -> dict[str, Change]:
        return {change.of.key: change for change in self.standards}


def between(older: Framework, newer: Framework) -> Changes:
    was = older.by_key
    standards = [_standard(was.get(s.key), s, older, newer) for s in newer.standards]
    gone = [Change(GONE, s) for s in older.standards if s.key not in newer.by_key]
    before = older.level_by_key
    levels = [_level(before.get(x.key), x, older, newer) for x in newer.levels]
    lost = [Change(GONE, x) for x in older.levels if x.key not in newer.level_by_key]
    whole = differing(_whole(older), _whole(newer), OF_THE_WHOLE)
    return Changes((*standards, *gone), (*levels, *lost), whole)


def _standard(was: Standard | None, now: Standard, older: Framework, newer: Framework) -> Change:
    if was is None:
        return Change(NEW, now)
    texts = differing(_of_standard(older, was), _of_standard(newer, now), OF_A_STANDARD)
    anew = any(getattr(was, name) != getattr(now, name) for name in WHAT_IS_ASKED)
    return Change(CHANGED if texts else KEPT, now, texts, anew)


def _level(was: Level | None, now: Level, older: Framework, newer: Framework) -> Change:
    if was is None:
        return Change(NEW, now)
    texts = differing(_of_level(older, was), _of_level(newer, now), OF_A_LEVEL)
    return Change(CHANGED if texts else KEPT, now, texts)


def _of_standard(framework: Framework, standard: Standard) -> dict[str, list[str]]:
    template = standard.template
    return {name: lines_of(getattr(standard, name)) for name in OF_A_STANDARD} | {
        "area": [framework.area_by_key[standard.area].name],
        "descriptors": [
            f"{point.name}: {text}"
            for point, text in zip(framework.scale, standard.descriptors, strict=True)
        ],
        "awards": [f"{award.name} ({award.by})" for award in standard.awards],
        "template": [template.title, *template.text] if template else [],
        "training": _bar(framework, standard.training),
    }


def _bar(framework: Framework, bar: TrainingBar | None) -> list[str]:
    if bar is None:
        return []
    name = framework.scale[bar.point].name
    said = _("%(point)s: %(n)s of 100 in date", point=name, n=bar.in_date_percent)
    return [said, *(_("Nobody without %(module)s", module=key) for key in bar.nobody_without)]


def _of_level(framework: Framework, level: Level) -> dict[str, list[str]]:
    tracks = {track.key: track.name for track in framework.tracks}
    said = {name: lines_of(getattr(level, name)) for name in ("name", "meaning", "looks")}
    yes_or_no = {name: getattr(level, name) for name in ("award", "visit", "young_assessor")}
    return (
        said
        | {name: [_("Yes") if on else _("No")] for name, on in yes_or_no.items()}
        | {
            "tracks": [tracks[key] for key in level.tracks],
            "rules": list(_rules(framework, level)),
            "after": _after(framework, level),
        }
    )


def _rules(framework: Framework, level: Level) -> Iterator[str]:
    for track, sentences in rules_in_words(framework, level):
        yield from (f"{track}: {said}" if track else said for said in sentences)


def _after(framework: Framework, level: Level) -> list[str]:
    after = level.after
    if after is None:
        return []
    name = framework.level_by_key[after.level].name
    if after.needed:
        return [_("%(level)s, for %(n)s months", level=name, n=after.months)]
    return [_("%(level)s, for %(n)s months, by those who hold it", level=name, n=after.months)]


def _whole(framework: Framework) -> dict[str, list[str]]:
    steps = framework.first_steps
    return {
        "title": [framework.title],
        "summary": [framework.summary],
        "scale": [f"{point.name}: {point.meaning}" for point in framework.scale],
        "areas": [f"{area.name}: {area.about}" for area in framework.areas],
        "tracks": list(_tracks(framework)),
        "small_track_questions": list(framework.small_track_questions),
        "first_steps": [f"{step[0]}: {_names(framework, step[1:])}" for step in steps],
        "young_assessors_read": list(framework.young_assessors_read),
    }


def _tracks(framework: Framework) -> Iterator[str]:
    for track in framework.tracks:
        names = _names(framework, (s.key for s in framework.on_track(track.key)))
        yield f"{track.name}: {track.meaning} {names if track.standards != 'all' else ''}".strip()


def _names(framework: Framework, keys: Iterable[str]) -> str:
    """Of standards; a page that a first step leads to stands for itself."""
    return "; ".join(framework.by_key[key].name if key in framework.by_key else key for key in keys)
