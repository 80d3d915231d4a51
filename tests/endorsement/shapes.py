"""Small frameworks made from a few lines, and a reading of their rules by brute force.

The reading is written from the words in ``framework.parts.LevelRule`` and shares nothing with
``endorsement.levels``: it counts one standard at a time.
"""

from itertools import product

from hypothesis import strategies as st

from endorsement.framework import Framework
from endorsement.levels import Standing

NAMES = ("Not yet", "Started", "In place", "Making a difference")


def framework(areas, rules, *, top=2, essentials=(), always=(), tracks=None, after=None):
    """``areas``: {"A": 2, "B": 1}; ``rules``: for each level, lowest first, its rules."""
    return Framework.model_validate(
        {
            "code": "t",
            "title": "T",
            "summary": "S",
            "language": "en",
            "scale": [{"value": n, "name": NAMES[n], "meaning": "M"} for n in range(top + 1)],
            "areas": [
                {"key": a, "name": f"Area {a}", "about": "A", "always_applies": a in always}
                for a in areas
            ],
            "standards": [
                _standard(f"{a}{n}", a, f"{a}{n}" in essentials, top)
                for a, many in areas.items()
                for n in range(1, many + 1)
            ],
            "tracks": [
                {"key": key, "name": key, "meaning": "M", "standards": keys}
                for key, keys in (tracks or {"full": "all"}).items()
            ],
            "levels": [_level(n, own, after) for n, own in enumerate(rules, start=1)],
        }
    )


def _standard(key, area, essential, top):
    return {
        "key": key,
        "area": area,
        "name": f"Name {key}",
        "statement": "We do.",
        "why": "W",
        "essential": essential,
        "descriptors": ["D"] * (top + 1),
        "evidence": ["E"],
        "questions": ["Q"],
        "example": "X",
        "action": "N",
    }


def _level(number, rules, after):
    level = {"key": f"l{number}", "name": f"Level {number}", "meaning": "M", "looks": "L"}
    level["rules"] = rules
    if after and number == len(rules):
        level["after"] = after
    return level


# The rules, read one standard at a time


def says(rule, framework, ratings, left_out):
    """Whether a rule holds, for ratings where a blank is -1."""
    meant = [s for s in framework.standards if _is_meant(rule, s)]
    apply = [s for s in meant if not (s.key in left_out and _may_be_left_out(framework, s))]

    def there(area=None):
        return [s for s in apply if area is None or s.area == area]

    def at(area=None):
        return len([s for s in there(area) if ratings[s.key] >= rule.at])

    areas = {s.area for s in meant}
    if rule.kind == "every":
        return at() == len(apply)
    if rule.kind == "areas":
        return sum(1 for a in areas if there(a) and at(a) == len(there(a))) >= rule.count
    if at() < rule.count:
        return False
    if any(at(area) < number for area, number in rule.in_area.items()):
        return False
    if any(at(area) < len(there(area)) for area in rule.whole_areas):
        return False
    return all(at(area) >= rule.each_area for area in areas)


def _is_meant(rule, standard):
    if rule.of == "all":
        return True
    return standard.essential if rule.of == "essentials" else standard.key in rule.of


def _may_be_left_out(framework, standard):
    area = next(a for a in framework.areas if a.key == standard.area)
    return not standard.essential and not area.always_applies


def level_by_hand(framework, ratings, left_out=frozenset()):
    """The number of the highest level, counted from 1; 0 for none."""
    best = 0
    for number, level in enumerate(framework.levels, start=1):
        if all(says(rule, framework, ratings, left_out) for rule in level.rules):
            best = number
    return best


def ways_by_hand(framework, level, ratings, left_out=frozenset()):
    """All ratings that reach the level by raising, as (points, standards, order), best first."""
    keys = [s.key for s in framework.standards]
    now = [max(ratings[key], 0) for key in keys]
    raised = product(*(range(n, framework.top + 1) for n in now))
    found = []
    for target in raised:
        claimed = {
            k: (-1 if t == n and ratings[k] < 0 else t)
            for k, t, n in zip(keys, target, now, strict=True)
        }
        if all(says(rule, framework, claimed, left_out) for rule in level.rules):
            more = [t - n for t, n in zip(target, now, strict=True)]
            found.append((sum(more), sum(1 for m in more if m), [-m for m in more]))
    return sorted(found)


# Small frameworks and ratings, by hypothesis


@st.composite
def rules(draw, areas, top, essentials):
    """Any rule that can hold in a framework of these areas."""
    keys = [f"{a}{n}" for a, many in areas.items() for n in range(1, many + 1)]
    some = st.lists(st.sampled_from(keys), min_size=1, unique=True)
    of = draw(st.one_of(st.just("all"), some, *([st.just("essentials")] if essentials else [])))
    meant = [k for k in keys if of == "all" or k in (essentials if of == "essentials" else of)]
    held = {a: sum(k[0] == a for k in meant) for a in {k[0] for k in meant}}
    kind = draw(st.sampled_from(["every", "count", "areas"]))
    rule = {"kind": kind, "at": draw(st.integers(1, top)), "of": of}
    if kind == "areas":
        rule["count"] = draw(st.integers(1, len(held)))
    if kind == "count":
        rule["count"] = draw(st.integers(1, len(meant)))
        rule["each_area"] = draw(st.integers(0, min(held.values())))
        in_area = draw(st.lists(st.sampled_from(sorted(held)), unique=True, max_size=1))
        rule["in_area"] = {a: draw(st.integers(1, held[a])) for a in in_area}
        rule["whole_areas"] = draw(st.lists(st.sampled_from(sorted(held)), unique=True, max_size=1))
    return rule


@st.composite
def small_frameworks(draw, most=5):
    areas = draw(
        st.dictionaries(st.sampled_from("ABC"), st.integers(1, 3), min_size=1).filter(
            lambda found: sum(found.values()) <= most
        )
    )
    top = draw(st.integers(1, 3))
    keys = [f"{a}{n}" for a, many in areas.items() for n in range(1, many + 1)]
    essentials = draw(st.lists(st.sampled_from(keys), unique=True, max_size=2))
    always = draw(st.lists(st.sampled_from(sorted(areas)), unique=True, max_size=1))
    levels = draw(
        st.lists(
            st.lists(rules(areas, top, essentials), min_size=1, max_size=3), min_size=1, max_size=3
        )
    )
    return framework(areas, levels, top=top, essentials=essentials, always=always)


@st.composite
def cases(draw, most=5):
    """A framework, ratings with blanks (-1), and which were agreed not to apply."""
    made = draw(small_frameworks(most))
    ratings = {s.key: draw(st.integers(-1, made.top)) for s in made.standards}
    keys = sorted(ratings)
    left_out = draw(st.frozensets(st.sampled_from(keys), max_size=2))
    return made, ratings, left_out


def standing(ratings, left_out=frozenset(), held=None):
    """Blanks as None, or left away: both are the same."""
    said = {key: value if value >= 0 else None for key, value in ratings.items()}
    return Standing(said, left_out, held or {})
