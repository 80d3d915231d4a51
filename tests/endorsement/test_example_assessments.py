"""The example county's self-assessments: every stage is there, and each says what it should."""

import re
from collections import Counter

import pytest

from accounts import example as county
from endorsement.evidence.rules import what_is_not_kept
from endorsement.example_file import FILE, rated, read
from endorsement.framework.reading import read as framework_in
from endorsement.levels import Standing, reached
from tests.endorsement.test_framework_content import UNWELCOME
from web.settings import ROOT
from web.toml_errors import load

pytestmark = pytest.mark.once

TOLD = read()
FRAMEWORK = framework_in(ROOT / "content" / "framework.toml")
CLUBS = {
    club.name: club
    for club in load(county.FILE, county.ExampleFile, error=county.ExampleCountyError).clubs
}
each = pytest.mark.parametrize("one", TOLD.assessments, ids=lambda one: one.club)
each_pool = pytest.mark.parametrize("key", [s.key for s in FRAMEWORK.standards])


def keys(track):
    return tuple(standard.key for standard in FRAMEWORK.on_track(track))


def ratings_of(one):
    return rated(one.ratings, keys(one.track))


def level_of(track, ratings):
    """With what does not apply counted as 0, as nobody has agreed to it yet."""
    standing = Standing({key: value or 0 for key, value in ratings.items()})
    level = reached(FRAMEWORK, track, standing)
    return level.key if level else None


def test_the_county_has_them_in_every_stage_and_on_both_tracks():
    assert 24 <= len(TOLD.assessments) <= 30
    assert len({one.club for one in TOLD.assessments}) == len(TOLD.assessments)
    for track in ("full", "small"):
        stages = Counter(one.stage for one in TOLD.assessments if one.track == track)
        assert min(stages[stage] for stage in ("begun", "half", "ready", "sent")) >= 2
        assert any(o.earlier and o.earlier.sent for o in TOLD.assessments if o.track == track)
    reach = {level_of(o.track, ratings_of(o)) for o in TOLD.assessments if o.stage == "sent"}
    assert reach == {"foundation", "established", "excellent"}


@each
def test_it_fits_its_club(one):
    club = CLUBS[one.club]
    assert (one.track == "small") == club.volunteer_run
    assert one.began < club.days + 12
    if one.sent is not None:
        assert club.state == "live"  # nothing is sent without a live pledge
        assert one.sent < min(one.began, club.days - 10)
    if one.earlier:
        assert one.began < one.earlier.began < club.days + 10
        assert one.earlier.sent is None or one.began < one.earlier.sent < one.earlier.began
        assert one.earlier.sent is None or one.earlier.sent < club.days - 10


@each
def test_its_ratings_come_to_its_stage(one):
    ratings, asked = ratings_of(one), keys(one.track)
    assert (one.sent is not None) == (one.stage == "sent")
    if one.stage in ("ready", "sent"):
        assert set(ratings) == set(asked)
    elif one.stage == "half":
        assert len(asked) * 0.4 <= len(ratings) <= len(asked)
    else:
        assert 0 < len(ratings) < len(asked) / 2
    for key, rating in ratings.items():
        assert rating in {None, 0, 1, 2, 3}
        assert rating is not None or FRAMEWORK.may_not_apply(FRAMEWORK.by_key[key])
        assert rating is not None or key in one.own  # its reason is owed
    if one.sent is not None:
        assert level_of(one.track, ratings) is not None


@each
def test_what_it_says_by_hand_points_to_what_it_rated(one):
    ratings = ratings_of(one)
    assert {*one.own, *one.late, *one.done, *one.visit, *one.offers} <= set(ratings)
    assert all(ratings[key] == 3 for key in one.offers)
    assert all(ratings[key] <= 1 for key in one.late)
    assert all(ratings[key] >= 2 for key in one.done)
    assert not set(one.late) & {action.standard for action in one.actions}
    assert {action.standard for action in one.actions} <= set(ratings)


def test_some_actions_are_overdue_and_some_done():
    late = sum(len(o.late) + sum(a.by < 0 for a in o.actions) for o in TOLD.assessments)
    assert late >= 6
    assert sum(len(one.done) for one in TOLD.assessments) >= 15


@pytest.mark.parametrize("item", TOLD.evidence, ids=lambda item: item.title)
def test_evidence_is_words_or_a_page_or_waits_for_the_visit(item):
    assert not (item.words and item.page)
    assert set(item.standards) <= set(keys("small"))  # so that every club can use it
    assert what_is_not_kept(item.words or "") == ""


def test_some_evidence_is_to_be_looked_at_again():
    assert [item for item in TOLD.evidence if item.review is not None and item.review < 0]


@each_pool
def test_every_standard_has_something_to_draw_from(key):
    pool = TOLD.pool[key]
    assert len(pool.started) + len(pool.not_yet) >= 3
    assert len(pool.in_place) + len(pool.difference) >= 4
    drawn = [*pool.not_yet, *pool.started, *pool.in_place, *pool.difference]
    assert len(set(drawn)) == len(drawn)
    for action in pool.actions:
        assert action.who.format(lead="Jo")


def test_only_standards_of_the_framework_have_a_pool():
    assert list(TOLD.pool) == [standard.key for standard in FRAMEWORK.standards]


def test_the_voice_is_theirs_and_names_nobody():
    words = FILE.read_text("utf-8").lower()
    assert [word for word in UNWELCOME if word in words and word != "!"] == []
    assert not re.search(r"@|https?:|\b0\d{3,4} \d{3}", words)
