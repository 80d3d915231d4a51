"""How numbers, postcodes, websites and names are written, and which names are alike."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.forms import written
from accounts.forms.written import Miswritten
from accounts.likeness import is_close
from web.folding import fold

EVERY = (
    written.name, written.charity_number, written.company_number, written.postcode,
    written.phone, written.email, written.website,
)  # fmt: skip
near = st.text(st.sampled_from("SCNI0123456789-. \tabz:/@%[]?#\\é٣\u202e"), max_size=30)


@pytest.mark.parametrize("kind", EVERY)
@given(text=st.one_of(st.text(max_size=60), near))
def test_whatever_is_typed_is_kept_one_way_or_refused_in_words(kind, text):
    try:
        kept = kind(text.strip())
    except Miswritten as miswritten:
        said = str(miswritten.args[0])
    else:
        said = "kept one way" if kind(kept) == kept else ""
    assert said


@given(st.one_of(st.text(max_size=60), near, near.map(lambda t: f"https://{t}.org/{t}")))
def test_a_website_is_one_that_is_safe_to_link_to(text):
    try:
        kept = written.website(text.strip())
    except Miswritten:
        return
    parts = urlsplit(kept)
    assert kept == "" or (parts.scheme in ("http", "https") and "." in (parts.hostname or ""))
    assert parts.username is None
    assert not any(c.isspace() for c in kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Example.org", "https://example.org"),
        ("http://example.org/", "http://example.org"),
        ("https://www.example.org/a/?b=c#d", "https://www.example.org/a/?b=c"),
        ("//example.org", "https://example.org"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("", ""),
    ],
)
def test_websites(typed, kept):
    assert written.website(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)//example.org", "data:text/html,x",
        "mailto:a@example.org",
        "https://", "https:///x", "localhost", "http://127.0.0.1", "https://user:pass@example.org",
        "user@example.org", "two words.org", "https://example.org\\@evil.org", "https://-a-.org",
        "https://[::1]/", "https://[x", "ftp://example.org", "example.org:99999", "a..org", "www.", "https://x.c",
    ],
)  # fmt: skip
def test_what_is_no_website(typed):
    with pytest.raises(Miswritten):
        written.website(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (written.charity_number, "1 123 456", "1123456"),
        (written.charity_number, "123456", "123456"),
        (written.charity_number, "1123456-12", "1123456-12"),
        (written.charity_number, "sc 045 678", "SC045678"),
        (written.charity_number, "SC-045678", "SC045678"),
        (written.charity_number, "nic101234", "NIC101234"),
        (written.charity_number, "NI 101234", "NIC101234"),
        (written.company_number, "0123 4567", "01234567"),
        (written.company_number, "sc123456", "SC123456"),
        (written.company_number, "ip 12345r", "IP12345R"),
        (written.postcode, "ng1 5fs", "NG1 5FS"),
        (written.postcode, "SW1A1AA", "SW1A 1AA"),
        (written.phone, "+44 (0)115  496 0000", "+44 (0)115 496 0000"),
        (written.email, "Sam@Example.ORG", "sam@example.org"),
    ],
)
def test_forms_that_are_forgiven(kind, typed, kept):
    assert kind(typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (written.charity_number, "12345"),
        (written.charity_number, "12345678"),
        (written.charity_number, "SC1234567"),
        (written.charity_number, "NIC012345"),
        (written.charity_number, "١٢٣٤٥٦٧"),
        (written.company_number, "1234567"),
        (written.company_number, "ABC12345"),
        (written.postcode, "NG1"),
        (written.postcode, "1NG 5FS"),
        (written.phone, "12345"),
        (written.phone, "0115 496 0000 after six"),
        (written.email, "sam@example"),
    ],
)
def test_forms_that_are_not(kind, typed):
    with pytest.raises(Miswritten):
        kind(typed)


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("The Switch Up Trust", "Switch-Up CIC", True),
        ("Hyson Green Youth Club", "Hyson Grean Youth Club", True),
        ("Kites", "Kites Ltd", True),
        ("Kites", "Mites", False),
        ("Ashfield Boxing Club", "Mansfield Rowing Club", False),
        ("نادي الشباب", "نادي الشباب", True),
    ],
)
def test_which_names_are_alike(one, other, close):
    assert is_close(fold(one), fold(other)) is close
    assert is_close(fold(other), fold(one)) is close
