"""Whose standing changes when other pathways stand, worked out from two of them."""

from datetime import date

import pytest

from tests.builders.training import DEFAULT
from training.drafting.effects import FREED, HAS, LATER, OWES, SOONER, became, effects
from training.pathways import changes
from training.pathways.reading import read
from training.status import Record, picture

pytestmark = pytest.mark.once

OLD = read(DEFAULT)
TODAY = date(2027, 3, 2)
RECENT = date(2027, 1, 5)
TRUSTEE = ("W1", "W2", "M5")


def with_module(key, **words):
    modules = tuple(m.model_copy(update=words) if m.key == key else m for m in OLD.modules)
    return OLD.model_copy(update={"code": "2027", "modules": modules})


def with_role(key, **words):
    roles = tuple(r.model_copy(update=words) if r.key == key else r for r in OLD.roles)
    return OLD.model_copy(update={"code": "2027", "roles": roles})


def pictures(pathways, people):
    return {
        who: picture(pathways, roles, [Record(k, on) for k, on in has], TODAY)
        for who, (roles, has) in people.items()
    }


def changed(newer, **people):
    """Of each module whose standing changes: how, and for whom."""
    found = effects(OLD, newer, pictures(OLD, people), pictures(newer, people))
    told = {one.key: {how: who for how, who in one.people.items() if who} for one in found.changed}
    return found, told


def trustee(*has):
    return ("trustee",), [(key, RECENT) for key in has or TRUSTEE]


def test_the_same_pathways_change_nobody():
    found, told = changed(OLD, ann=trustee(), bob=trustee("W1"))
    assert told == {}
    assert (found.people, found.ready_before, found.ready_after) == (2, 1, 1)


def test_a_role_that_needs_more_is_owed_by_who_has_it_not():
    newer = with_role("trustee", modules=(*TRUSTEE, "M4"))
    found, told = changed(newer, ann=trustee(), bob=trustee(*TRUSTEE, "M4"), cat=(("mentor",), []))
    assert told == {"M4": {OWES: ["ann"]}}
    assert (found.ready_before, found.ready_after, found.fall, found.rise) == (2, 1, 1, 0)


def test_a_role_that_needs_less_frees():
    newer = with_role("trustee", modules=("W1", "W2"))
    found, told = changed(newer, ann=trustee("W1", "W2"))
    assert told == {"M5": {FREED: ["ann"]}}
    assert (found.fall, found.rise) == (0, 1)


def test_what_lasts_shorter_runs_out_or_runs_out_sooner():
    role = ("volunteer",)
    newer = with_module("K4", valid_months=12)
    people = {"ann": (role, [("K4", RECENT)]), "bob": (role, [("K4", date(2025, 6, 1))])}
    _, told = changed(newer, **people)
    assert told == {"K4": {SOONER: ["ann"], OWES: ["bob"]}}
    longer = with_module("K4", valid_months=60)
    _, told = changed(longer, ann=(role, [("K4", RECENT)]), bob=(role, [("K4", date(2023, 6, 1))]))
    assert told == {"K4": {LATER: ["ann"], HAS: ["bob"]}}


def test_what_no_role_needs_is_nobodys_business():
    newer = with_module("M4", valid_months=12)
    _, told = changed(newer, ann=(("trustee",), [("M4", RECENT)]))
    assert told == {}
    assert became(None, None) is None


def test_a_module_that_is_retired_is_needed_no_more():
    newer = OLD.model_copy(
        update={
            "modules": tuple(m for m in OLD.modules if m.key != "K4"),
            "code": "2027",
        }
    )
    _, told = changed(newer, ann=(("volunteer",), []))
    assert told == {"K4": {FREED: ["ann"]}}


def test_what_is_different_is_told_in_words(app):
    newer = with_role("trustee", modules=(*TRUSTEE, "M4"))
    with app.test_request_context():
        (heading, (change,)), *others = changes.between(OLD, newer).lists
        assert (str(heading), change.kind, others) == ("Roles", "changed", [])
        (pair,) = change.texts
        assert str(pair.label) == "What it needs"
        assert set(pair.now) - set(pair.was) == {"M4 Safer recruitment"}
        assert not changes.between(OLD, OLD).any
        update = with_module("W2", update=None)
        (_, (change,)), *_ = changes.between(OLD, update).lists
        assert change.texts[0].was == ["Yearly safeguarding update, each 12 months"]
