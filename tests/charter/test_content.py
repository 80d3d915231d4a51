"""The words the portal starts with: complete, plain, and in the voice we want.

Reading age. The Flesch-Kincaid grade is an American school year; a child in grade 4 is nine or
ten. So "about nine" is grade 4, and easy read, for people who read with help, is a year or two
below. Short texts jump about, so one commitment alone may be a year above the whole. The grade
knows only the length of words and sentences, so the Dale-Chall score, which knows words, is asked
too. It calls "adult", "worried" and "OK" hard, which no child does, so it is allowed its next band:
below 6, American grades 5 and 6.
"""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import textstat

pytestmark = pytest.mark.once

CONTENT = Path(__file__).resolve().parents[2] / "content"
CHARTER = tomllib.loads((CONTENT / "charter.toml").read_text("utf-8"))
TERMS = tomllib.loads((CONTENT / "glossary.toml").read_text("utf-8"))["terms"]
COMMITMENTS = CHARTER["commitments"]

NINE = 4.0  # grade
NINE_IN_A_SHORT_TEXT = 5.0
EASY_READ = 2.5
EASY_READ_IN_A_SHORT_TEXT = 3.0
FAMILIAR_WORDS = 6.0  # Dale-Chall

each_commitment = pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda c: c["key"])


def grade(*texts: str) -> float:
    return textstat.flesch_kincaid_grade(" ".join(texts))


def for_young_people(commitment: dict) -> list[str]:
    return [commitment["explanation"], *commitment["know"], *commitment["questions"]]


def for_organisations(commitment: dict) -> list[str]:
    weak = commitment["weak"]
    return [commitment["asks"], *commitment["examples"], weak["action"], weak["why"]]


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in inner for text in texts(item)]


# Complete


def test_the_eight_commitments_stand_in_their_order():
    assert [(c["number"], c["key"], c["title"]) for c in COMMITMENTS] == [
        (1, "safe", "Keep us safe"),
        (2, "respect", "Respect us"),
        (3, "heard", "Hear us and act"),
        (4, "choice", "Give us a real choice"),
        (5, "welcome", "Welcome everyone"),
        (6, "trust", "Be people we can trust"),
        (7, "forward", "Help us move forward"),
        (8, "community", "Stand with us in our community"),
    ]


def test_it_is_example_text_until_somebody_agrees_it():
    assert not {"agreed_by", "agreed_on"} & CHARTER.keys()


@each_commitment
def test_every_sign_has_its_question(commitment):
    assert 2 <= len(commitment["know"]) <= 4
    assert len(commitment["questions"]) == len(commitment["know"])
    assert all(line.endswith(".") for line in commitment["know"])


@each_commitment
def test_every_question_can_be_answered_with_yes_sort_of_or_no(commitment):
    opening = re.compile(r"(.*, )?(do|does|did|is|are|can|has|have) [^?]+\?", re.IGNORECASE)
    assert [q for q in commitment["questions"] if not opening.fullmatch(q)] == []


@each_commitment
def test_an_explanation_is_two_to_five_sentences_of_their_own(commitment):
    text = commitment["explanation"]
    assert 2 <= textstat.sentence_count(text) <= 5
    assert re.search(r"\b(we|us|our)\b", text, re.IGNORECASE)


@each_commitment
def test_examples_are_good_and_one_is_weak(commitment):
    assert 4 <= len(commitment["examples"]) <= 5
    assert commitment["weak"].keys() == {"action", "why"}
    assert len(set(texts(commitment))) == len(texts(commitment)) - repeated_titles(commitment)


def repeated_titles(commitment: dict) -> int:
    return int(commitment["easy_title"] == commitment["title"])


WHEN = re.compile(
    r"\b(each|every|once|twice|first|last|by|from|until|before|on day one|at the (start|end)"
    r"|in (a|two|four) weeks?|the same week|in (March|May|June|July|October))\b",
    re.IGNORECASE,
)


@each_commitment
def test_every_good_example_says_when(commitment):
    assert [example for example in commitment["examples"] if not WHEN.search(example)] == []


def test_the_weak_examples_say_no_when():
    weak = [c["weak"]["action"] for c in COMMITMENTS]
    assert [action for action in weak if WHEN.search(action)] == ["We will do a survey every year."]


# Plain


def test_the_charter_reads_at_nine():
    whole = [text for commitment in COMMITMENTS for text in for_young_people(commitment)]
    assert grade(CHARTER["summary"]) <= NINE_IN_A_SHORT_TEXT
    assert grade(*whole) <= NINE
    assert textstat.dale_chall_readability_score(" ".join(whole)) <= FAMILIAR_WORDS


@each_commitment
def test_each_commitment_reads_at_nine(commitment):
    assert grade(*for_young_people(commitment)) <= NINE_IN_A_SHORT_TEXT
    assert grade(*for_organisations(commitment)) <= NINE_IN_A_SHORT_TEXT


def test_the_easy_read_is_easier_than_the_charter():
    easy = [line for commitment in COMMITMENTS for line in commitment["easy"]]
    assert grade(*easy) <= EASY_READ
    assert grade(*easy) < grade(*(t for c in COMMITMENTS for t in for_young_people(c)))


@each_commitment
def test_easy_read_is_one_short_sentence_a_line(commitment):
    assert 3 <= len(commitment["easy"]) <= 5
    assert grade(*commitment["easy"]) <= EASY_READ_IN_A_SHORT_TEXT
    for line in commitment["easy"]:
        assert len(line.split()) <= 12, line
        assert re.fullmatch(r"[^.?]+\.", line), line
        assert not re.search(r"[;:()–—]", line), line


# Voice

UNWELCOME = (
    "youths", "hard to reach", "at risk", "service user", "stakeholder", "engage", "empower",
    "amazing", "awesome", "fantastic", "brilliant", "well done", "diversion", "violen", "police",
    "crime", "knife", "gang", "offend",
)  # fmt: skip


@pytest.mark.parametrize("name", ["charter", "glossary"])
def test_the_voice_is_ours(name):
    words = " ".join(texts(CHARTER if name == "charter" else TERMS))
    assert "!" not in words
    assert [word for word in UNWELCOME if word in words.lower()] == []


def test_the_charter_quotes_nobody():
    assert [text for text in texts(CHARTER) if re.search(r"[\"“”]", text)] == []


# The glossary


def test_the_glossary_is_in_order_and_explains_the_words_of_the_scheme():
    terms = [term["term"] for term in TERMS]
    assert all(one.casefold() < other.casefold() for one, other in pairwise(terms))
    assert 45 <= len(terms) <= 65
    expected = {"Pledge", "Commitment", "Place", "Project", "Lead", "Evidence", "Assessor", "Lapse",
                "Safeguarding lead", "Organisation", "Register", "Pathway", "Standard", "Descriptor",
                "Essentials", "Level", "Track", "Statement", "Improvement action", "Plan",
                "Self-assessment", "Submission", "Framework", "Scale", "Reason", "Working towards",
                "Foundation", "Established", "Excellent", "Ready check"}  # fmt: skip
    assert expected <= set(terms)
    assert all(term.keys() <= {"term", "meaning", "more"} for term in TERMS)


def test_the_glossary_reads_at_nine():
    assert grade(*(term["meaning"] for term in TERMS)) <= NINE
    assert grade(*(term["more"] for term in TERMS if "more" in term)) <= NINE_IN_A_SHORT_TEXT


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["term"])
def test_a_meaning_is_at_most_two_short_sentences_and_one_more(term):
    sentences = re.split(r"(?<=[.?])\s+", term["meaning"])
    assert len(sentences) <= 3
    assert max(len(sentence.split()) for sentence in sentences) <= 25
