"""What the portal never keeps, whoever sends it: DBS certificates and their numbers.  Plain Python.

It reads what a text says; a scan without words cannot be told.
"""

import re

DBS = (
    "This looks like a DBS certificate. We never keep those. Say in your own words that your "
    "checks are done and when you look at them again."
)
DBS_NUMBERS = (
    "There are numbers of DBS certificates in this. We never keep those. Take the numbers out and "
    "try again."
)

SERVICES = ("disclosure and barring service", "criminal records bureau", "dbs")
ONLY_ON_CERTIFICATES = (
    re.compile("criminal record certificate within the meaning of"),
    re.compile("police records of convictions, cautions.{0,200}none recorded"),
    re.compile("applicant personal details"),
    re.compile("countersignatory details"),
    re.compile(r"certificate number:? ?00[0-9 ]{10,13}\b"),
    re.compile("barred list information:? none recorded"),
)
NUMBER = re.compile(r"(?<![0-9])00[0-9]{10}(?![0-9])")
"""As certificates carry since 2012: twelve digits, of which the first two are noughts."""
ABOUT_THEM = re.compile("polic|procedure|template|guid|how to|risk|form|letter|log")
"""In a file's name: it is about certificates, not one of them."""


def what_is_not_kept(text: str, name: str = "") -> str:
    """Why this text, of a file of that name, is turned away; empty when it is not."""
    plain = " ".join(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if _is_called_certificate(name) or _is_certificate(plain):
        return DBS
    if any(service in plain for service in SERVICES) and _has_number(plain):
        return DBS_NUMBERS
    return ""


def _is_certificate(plain: str) -> bool:
    """A policy names such certificates too, so what only they have must stand there twice."""
    return sum(bool(mark.search(plain)) for mark in ONLY_ON_CERTIFICATES) >= 2


def _has_number(plain: str) -> bool:
    return bool(NUMBER.search(re.sub(r"(?<=[0-9])[ -](?=[0-9])", "", plain)))


def _is_called_certificate(name: str) -> bool:
    """A photo of one holds no text to read, but often says what it is."""
    words = re.sub("[^a-z]+", " ", name.casefold())
    return bool(
        re.search(r"\bdbs\b", words)
        and re.search(r"\bcert", words)
        and not ABOUT_THEM.search(words)
    )
