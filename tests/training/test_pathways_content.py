"""The pathways the portal starts with: complete, plain, and what domain and framework ask for.

Measured as in tests/endorsement/test_framework_content.py: whoever works with young people reads
them, so nine to eleven, American grades 4 to 6.
"""

import re

import pytest
import textstat

from endorsement.framework.reading import read as read_framework
from training.pathways.reading import read
from web.settings import ROOT

pytestmark = pytest.mark.once

PATHWAYS = read(ROOT / "content" / "pathways.toml")
FRAMEWORK = read_framework(ROOT / "content" / "framework.toml")
TEN, A_SHORT_TEXT = 5.0, 6.5
ONE_TEXT = 8.5
"""Two short sentences with one long word jump; "qualification" and "university" are both."""
LONGEST = 30

each_module = pytest.mark.parametrize("module", PATHWAYS.modules, ids=lambda m: m.key)


def grade(*texts):
    return textstat.flesch_kincaid_grade(" ".join(texts))


VALID = {
    "W1": None,
    "W2": 36,
    "W3": 36,
    "W4": 24,
    "K1": 36,
    "K2": 36,
    "K3": None,
    "K4": 36,
    "Y1": 36,
    "Y2": 24,
    "Y3": 36,
    "Y4": 36,
    "Y5": None,
    "S1": 36,
    "S2": 24,
    "S3": 36,
    "M1": 24,
    "M2": 36,
    "M3": None,
    "M4": 36,
    "M5": None,
}


def test_the_stages_hold_what_the_scheme_says():
    in_stages = {s.key: [m.key for m in PATHWAYS.in_stage(s.key)] for s in PATHWAYS.stages}
    assert in_stages == {
        "welcome": ["W1", "W2", "W3", "W4"],
        "core": ["K1", "K2", "K3", "K4"],
        "diversion": ["Y1", "Y2", "Y3", "Y4", "Y5"],
        "specialist": ["S1", "S2", "S3"],
        "lead": ["M1", "M2", "M3", "M4", "M5"],
    }


def test_each_is_valid_as_long_as_the_scheme_says():
    assert {m.key: m.valid_months for m in PATHWAYS.modules if m.stage} == VALID
    assert {m.key: m.update.months for m in PATHWAYS.modules if m.update} == {
        "W2": 12, "M1": 12, "Q1": 12,
    }  # fmt: skip
    assert {m.key for m in PATHWAYS.modules if m.after_charter_months == 12} == {"W1"}
    assert {m.key for m in PATHWAYS.modules if m.qualification} == {"L2", "L3", "L6"}
    assert PATHWAYS.due_days == 60


def test_what_comes_before_and_what_renews():
    assert {m.key: m.needs for m in PATHWAYS.modules if m.needs} == {
        "Y1": ("K2",), "Y2": ("W2",), "S1": ("Y1",), "M1": ("W2",), "Q2": ("Q1",),
    }  # fmt: skip
    assert {m.key: m.renews for m in PATHWAYS.modules if m.renews} == {
        "Y1": ("K2",), "S1": ("Y1",), "M1": ("W2",),
    }  # fmt: skip


def test_the_roles_of_the_scheme():
    assert PATHWAYS.asked_of("trustee") == {"W1", "W2", "M5"}
    assert PATHWAYS.asked_of("volunteer-safeguarding-lead") == {"W1", "W2", "M5", "M1"}
    core = {f"{letter}{n}" for letter in "WK" for n in (1, 2, 3, 4)}
    assert PATHWAYS.asked_of("volunteer") == core
    assert PATHWAYS.asked_of("diversion-worker") == core | {f"Y{n}" for n in range(1, 6)}


def test_a_qualification_is_asked_of_paid_posts_alone():
    posts = {r.key: set(r.modules) & {"L2", "L3", "L6"} for r in PATHWAYS.roles}
    assert {key: codes for key, codes in posts.items() if codes} == {
        "support-worker": {"L2"}, "worker-in-charge": {"L3"}, "professional": {"L6"},
    }  # fmt: skip


def test_whoever_meets_young_people_has_the_welcome_stage():
    welcome = {m.key for m in PATHWAYS.in_stage("welcome")}
    without = {r.key for r in PATHWAYS.roles if not welcome <= PATHWAYS.asked_of(r.key)}
    assert without == {"trustee", "volunteer-safeguarding-lead"}


def test_the_side_routes():
    steps = [[s.key for s in route.steps] for route in PATHWAYS.routes]
    assert steps == [["young-leader", "young-trainer", "young-assessor"], ["adult-assessor"]]
    assert PATHWAYS.asked_at("young-assessor") == {"W1", "W2", "R1", "R2"}
    assert {"Q1", "Q2"} <= PATHWAYS.asked_at("adult-assessor")


def test_they_are_example_text_until_somebody_agrees_them():
    assert PATHWAYS.agreed_by is None
    assert PATHWAYS.agreed_on is None


def test_what_the_framework_points_to_exists():
    assert {key for s in FRAMEWORK.standards for key in s.modules} <= set(PATHWAYS.by_key)


@each_module
def test_a_module_is_whole(module):
    assert 2 <= len(module.about) <= 4
    assert module.hours or module.qualification
    assert module.how.endswith(".")


def test_no_text_stands_twice():
    texts = [text for m in PATHWAYS.modules for text in (m.name, *m.about, m.how)]
    assert len(set(texts)) == len(texts)


# Plain


def test_the_whole_reads_at_nine_to_ten():
    whole = [text for m in PATHWAYS.modules for text in (*m.about, m.how)]
    assert grade(*whole) <= 4.0
    more = [text for s in PATHWAYS.stages for text in (s.for_whom, s.about)]
    more += [r.about for r in PATHWAYS.roles]
    more += [s.about for route in PATHWAYS.routes for s in route.steps]
    assert grade(*more) <= TEN


@each_module
def test_each_reads_at_nine_to_eleven(module):
    most = ONE_TEXT if module.qualification else A_SHORT_TEXT
    assert grade(*module.about, module.how) <= most


def test_no_sentence_is_long():
    texts = [text for m in PATHWAYS.modules for text in (*m.about, m.how)]
    texts += [r.about for r in PATHWAYS.roles]
    long = [
        sentence
        for text in texts
        for sentence in re.split(r"(?<=[.?:;])\s+", text)
        if len(sentence.split()) > LONGEST
    ]
    assert long == []


UNWELCOME = (
    "youths", "hard to reach", "at risk", "service user", "stakeholder", "engage", "empower",
    "amazing", "violen", "police", "crime", "knife", "gang", "offend", "!", "“", "”",
)  # fmt: skip


def test_the_voice_is_ours():
    said = " ".join(t for m in PATHWAYS.modules for t in (m.name, *m.about, m.how)).lower()
    assert [word for word in UNWELCOME if word in said] == []
