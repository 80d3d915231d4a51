"""The framework the portal starts with: complete, plain, and fit for a group of volunteers.

Measured as in tests/charter/test_content.py.  The framework is read by those who run a place and
by young people who look at it with them, so the whole may be a year above the charter: nine to
eleven, American grades 4 to 6.  The questions are young people's own and read at nine.
"""

import re
import tomllib
from pathlib import Path

import pytest
import textstat

from endorsement.framework import PAGES
from endorsement.framework.reading import read

pytestmark = pytest.mark.once

CONTENT = Path(__file__).resolve().parents[2] / "content"
FRAMEWORK = read(CONTENT / "framework.toml")
CHARTER = tomllib.loads((CONTENT / "charter.toml").read_text("utf-8"))
STANDARDS = FRAMEWORK.standards
ESSENTIAL = ["A1", "A2", "A3", "C1", "E1", "E2", "F1", "F2"]
MODULES = {
    *("W1", "W2", "W3", "W4", "K1", "K2", "K3", "K4", "Y1", "Y2", "Y3", "Y4", "Y5"),
    *("S1", "S2", "S3", "M1", "M2", "M3", "M4", "M5", "R1", "R2", "Q1", "Q2"),
}
"""The Training Pathways' codes; their own file checks that each stands there."""

NINE, NINE_IN_A_SHORT_TEXT = 4.0, 5.0
TEN, ELEVEN_IN_A_SHORT_TEXT = 5.0, 6.0
FAMILIAR_WORDS = 6.5  # Dale-Chall; "safeguarding", "volunteer" and "assess" are hard to it
LONGEST = 30
"""Words in a sentence."""
LONGEST_TEMPLATE = 250

each_standard = pytest.mark.parametrize("standard", STANDARDS, ids=lambda s: s.key)
each_essential = pytest.mark.parametrize(
    "standard", [s for s in STANDARDS if s.essential], ids=lambda s: s.key
)


def grade(*texts):
    return textstat.flesch_kincaid_grade(" ".join(texts))


def said(standard):
    return [standard.statement, standard.why, *standard.descriptors]


def everything(standard):
    more = [standard.example, standard.action, *standard.evidence, *standard.questions]
    template = standard.template
    return [*said(standard), *more, *(template.text if template else ())]


def sentences(text):
    return re.split(r"(?<=[.?:;])\s+", text)


# Complete


def test_the_twenty_one_standards_stand_in_their_order():
    assert [s.key for s in STANDARDS] == [f"{area}{n}" for area in "ABCDEFG" for n in (1, 2, 3)]
    assert [s.area for s in STANDARDS] == [s.key[0] for s in STANDARDS]
    assert [area.key for area in FRAMEWORK.areas] == list("ABCDEFG")


def test_eight_are_essential_and_each_of_those_has_a_policy_to_start_from():
    assert [s.key for s in STANDARDS if s.essential] == ESSENTIAL
    assert [s.key for s in STANDARDS if s.template] == ESSENTIAL


def test_it_is_example_text_until_somebody_agrees_it():
    assert FRAMEWORK.agreed_by is None
    assert FRAMEWORK.agreed_on is None


def test_the_scale_has_four_points():
    assert [(p.value, p.name) for p in FRAMEWORK.scale] == [
        (0, "Not yet"), (1, "Started"), (2, "In place"), (3, "Making a difference"),
    ]  # fmt: skip


@each_standard
def test_a_standard_is_whole(standard):
    assert standard.statement.startswith("We ")
    assert len(standard.descriptors) == 4
    assert 2 <= len(standard.evidence) <= 3
    assert 2 <= len(standard.questions) <= 3


@each_standard
def test_every_question_can_be_answered_with_yes_sometimes_or_no(standard):
    opening = re.compile(r"(.*, )?(do|does|did|is|are|was|can|has|have|would) [^?]+\?", re.I)
    assert [q for q in standard.questions if not opening.fullmatch(q)] == []


def test_every_descriptor_is_written_for_its_standard():
    descriptors = [text for standard in STANDARDS for text in standard.descriptors]
    assert len(set(descriptors)) == 84
    assert all(len(text.split()) >= 8 for text in descriptors)


@each_standard
def test_in_place_means_looked_at_within_a_year(standard):
    """The scale says so; the third descriptor says it in its own way."""
    assert re.search(
        r"12 months|three times a year|each year|twice a year", standard.descriptors[2]
    )


@each_standard
def test_making_a_difference_is_shown_by_young_people_or_by_what_came_of_it(standard):
    assert standard.descriptors[3].startswith("All of that works")
    assert re.search(r"\b(say|name|come|tell|changed|better|stay|see)\b", standard.descriptors[3])


def test_no_text_stands_twice():
    texts = [text for s in STANDARDS for text in everything(s)]
    doubled = {text for text in texts if texts.count(text) > 1}
    signed = re.compile(r"Agreed by \[committee or trustees\]")
    asked_in_the_charter = {q for c in CHARTER["commitments"] for q in c["questions"]}
    assert {t for t in doubled if not signed.match(t)} <= asked_in_the_charter


def test_each_essential_and_no_voice_may_be_left_out():
    out = [s.key for s in STANDARDS if FRAMEWORK.may_not_apply(s)]
    assert not set(out) & {*ESSENTIAL, "B1", "B2", "B3"}
    assert len(out) == 10
    assert all(FRAMEWORK.area_by_key[s.area].always_applies for s in STANDARDS if s.area == "B")


# What it points to


@each_standard
def test_what_it_points_to_exists(standard):
    keys = {c["key"] for c in CHARTER["commitments"]}
    assert standard.charter
    assert set(standard.charter) <= keys
    assert standard.modules
    assert set(standard.modules) <= MODULES


def test_every_commitment_of_the_charter_has_a_standard():
    assert {key for s in STANDARDS for key in s.charter} == {
        c["key"] for c in CHARTER["commitments"]
    }


# Tracks, levels, evenings


def test_the_small_track_is_the_essentials_and_four_more():
    assert [track.key for track in FRAMEWORK.tracks] == ["full", "small"]
    assert len(FRAMEWORK.on_track("full")) == 21
    small = {s.key for s in FRAMEWORK.on_track("small")}
    assert small == {*ESSENTIAL, "B1", "B2", "D1", "G3"}
    assert len(FRAMEWORK.small_track_questions) == 2


def test_the_levels_are_those_of_the_scheme():
    on = {t: [level.key for level in FRAMEWORK.levels_on(t)] for t in ("full", "small")}
    assert on["full"] == ["working-towards", "foundation", "established", "excellent"]
    assert on["small"] == ["working-towards", "foundation", "excellent"]
    assert [level.key for level in FRAMEWORK.levels if not level.award] == ["working-towards"]
    looked_at = [level.key for level in FRAMEWORK.levels if level.visit and level.young_assessor]
    assert looked_at == ["established", "excellent"]
    after = FRAMEWORK.level_by_key["excellent"].after
    assert (after.level, after.months, after.needed) == ("established", 6, False)


def test_young_assessors_read_what_the_scheme_says():
    read = [s.key for s in STANDARDS if FRAMEWORK.young_read(s)]
    assert read == ["B1", "B2", "B3", "C1", "C2", "C3", "D1", "D3"]


def test_a_text_that_does_not_say_keeps_the_essentials_from_young_assessors():
    older = FRAMEWORK.model_copy(update={"young_assessors_read": ()})
    assert {s.key for s in STANDARDS if not older.young_read(s)} == set(ESSENTIAL)


@pytest.mark.parametrize(
    ("level", "track", "rules"),
    [
        ("foundation", "full", [("every", 2, "essentials"), ("every", 1, "all")]),
        ("foundation", "small", [("every", 2, "essentials"), ("every", 1, "all")]),
        ("established", "full", [("every", 2, "all"), ("count", 3, "all", 5, {"B": 1})]),
        (
            "excellent",
            "full",
            [("every", 2, "all"), ("count", 3, "all", 14, {}, ("B",), 1)],
        ),
        (
            "excellent",
            "small",
            [("every", 2, "all"), ("count", 3, "all", 8), ("every", 3, ("B1", "B2"))],
        ),
    ],
)
def test_a_level_asks_for_what_the_scheme_says(level, track, rules):
    def told(rule):
        whole = (rule.kind, rule.at, rule.of, rule.count, rule.in_area, rule.whole_areas,
                 rule.each_area)  # fmt: skip
        while len(whole) > 3 and not whole[-1]:
            whole = whole[:-1]
        return whole

    asked = FRAMEWORK.rules_of(FRAMEWORK.level_by_key[level], track)
    assert [told(rule) for rule in asked] == rules


def test_four_evenings_take_a_small_group_through_its_standards():
    assert len(FRAMEWORK.first_steps) == 4
    codes = [code for _, *codes in FRAMEWORK.first_steps for code in codes if code not in PAGES]
    assert sorted(codes) == [s.key for s in FRAMEWORK.on_track("small")]


# Policies to start from


@each_essential
def test_a_policy_is_short_and_has_gaps_to_fill_in(standard):
    template = standard.template
    assert 6 <= len(template.text) <= 12
    assert len(" ".join((template.title, *template.text)).split()) <= LONGEST_TEMPLATE
    assert "[your group]" in template.title
    for text in template.text:
        assert text.count("[") == text.count("]")
    assert sum("[" in text for text in template.text) >= 5


# Plain


def test_the_questions_read_at_nine():
    assert grade(*(q for s in STANDARDS for q in s.questions)) <= NINE
    for standard in STANDARDS:
        assert grade(*standard.questions) <= NINE_IN_A_SHORT_TEXT, standard.key


def test_the_whole_reads_at_nine_to_ten():
    whole = [text for s in STANDARDS for text in said(s)]
    assert grade(*whole) <= NINE
    assert textstat.dale_chall_readability_score(" ".join(whole)) <= FAMILIAR_WORDS
    assert grade(*(text for s in STANDARDS for text in everything(s))) <= NINE


@each_standard
def test_each_part_reads_at_nine_to_eleven(standard):
    assert grade(*said(standard)) <= TEN
    assert grade(*standard.descriptors) <= TEN
    for text in (standard.why, *standard.descriptors):
        assert grade(text) <= ELEVEN_IN_A_SHORT_TEXT + 1, text  # one text of two sentences jumps
    if standard.template:
        assert grade(*standard.template.text) <= TEN


@each_standard
def test_no_sentence_is_long(standard):
    long = [s for text in everything(standard) for s in sentences(text)
            if len(s.split()) > LONGEST]  # fmt: skip
    assert long == []


def test_levels_areas_and_points_read_at_ten():
    about = [
        *(point.meaning for point in FRAMEWORK.scale),
        *(area.about for area in FRAMEWORK.areas),
        *(text for level in FRAMEWORK.levels for text in (level.meaning, level.looks)),
        *FRAMEWORK.small_track_questions,
        *(track.meaning for track in FRAMEWORK.tracks),
        FRAMEWORK.summary,
    ]
    assert grade(*about) <= TEN


UNWELCOME = (
    "youths", "hard to reach", "at risk", "service user", "stakeholder", "engage", "empower",
    "amazing", "awesome", "fantastic", "brilliant", "well done", "diversion", "violen", "police",
    "crime", "knife", "gang", "offend", "!", "“", "”",
)  # fmt: skip


def test_the_voice_is_ours():
    words = " ".join(text for s in STANDARDS for text in (s.name, *everything(s))).lower()
    assert [word for word in UNWELCOME if word in words] == []
