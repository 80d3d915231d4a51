"""How old one must be to read a text easily: a hint beside what is written for young members.

The Flesch-Kincaid grade with syllables told by groups of vowels, plus five for the age.  It is a
hint and never a gate: a short text jumps about by a word.
"""

import re

WANTED = 9
FEWEST_WORDS = 8
"""A shorter text says nothing about itself."""


def reading_age(text: str) -> int | None:
    words = re.findall(r"[A-Za-z’']+", text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text)))
    syllables = sum(_syllables(word.lower()) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(5, round(grade + 5))


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
