"""Folding, the clock, and how dates read."""

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import clock
from web.folding import fold, showable, slug, sort_key
from web.pages import how_long, long_date, long_time, paragraphs

TEXT = st.text(max_size=60)
LATIN = st.text(alphabet=st.characters(max_codepoint=0x17F, categories=["L", "N", "Zs", "P"]))


@given(TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_composed_or_not_a_text_folds_the_same(text):
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)


@given(LATIN)
def test_case_does_not_matter(text):
    assert fold(text.lower()) == fold(text) or "İ" in text
    assert fold(text.casefold()) == fold(text)


@given(TEXT, st.sampled_from("aбع字क"))
def test_a_text_with_a_letter_in_any_script_is_never_empty(text, letter):
    assert fold(text + letter)
    assert sort_key(text + letter)


@given(TEXT)
def test_folded_words_stand_apart_by_one_space(text):
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Zoë’s   Café & Ćafe ", "zoes cafe and cafe"),
        ("O'Brien’s Straße", "obriens strasse"),
        ("Łódź Ærø Þór", "lodz aero thor"),
        ("ＦＵＬＬ ﬁt™ Ⅳ", "full fittm iv"),
        ("北京 Café", "北京 cafe"),
        ("Клуб «Дом»", "клуб дом"),
        ("İstanbul ISTANBUL", "istanbul istanbul"),
        ("St. Ann's—Youth/Club_2", "st anns youth club 2"),
        ("🎈", ""),
    ],
)
def test_how_words_fold(text, folded):
    assert fold(text) == folded


def test_lists_are_ordered_without_the():
    names = ["The Zebra Club", "Ángel", "apple", "Theatre", "Zulu"]
    assert sorted(names, key=sort_key) == ["Ángel", "apple", "Theatre", "The Zebra Club", "Zulu"]


@given(TEXT)
def test_a_slug_fits_an_address(text):
    made = slug(text)
    assert made
    assert made.isascii()
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made.strip("-") == made
    assert len(made) <= 60


@given(st.lists(TEXT, max_size=20))
def test_slugs_never_collide(names):
    taken: set[str] = set()
    for name in names:
        made = slug(name, taken)
        assert made not in taken
        taken.add(made)


def test_the_second_of_a_name_gets_a_number():
    assert slug("The Shed", {"the-shed", "the-shed-2"}) == "the-shed-3"
    assert slug("北京") == "organisation"


@given(TEXT)
def test_what_cannot_be_shown_is_marked_and_the_rest_untouched(text):
    shown = showable(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        kept = unicodedata.category(before) not in ("Cc", "Cs", "Cn") or before in "\n\t\r\f"
        assert after == before or (after == "\ufffd" and not kept)
    assert showable("\0\x07\ud800\uffff") == "\ufffd" * 4


# The clock


def test_the_clock_stands_still_in_tests_and_can_be_moved(still_clock):
    assert clock.now() == still_clock == clock.now()
    clock.freeze(None)
    clock.shift(-30)
    try:
        off = datetime.now(UTC) - timedelta(days=30) - clock.now()
    finally:
        clock.shift(0)
    assert abs(off) < timedelta(seconds=5)


def test_today_is_londons_date():
    clock.freeze(datetime(2027, 7, 1, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2027, 7, 2)
    assert clock.london(clock.now()).strftime("%H:%M") == "00:30"
    clock.freeze(datetime(2027, 1, 1, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2027, 1, 1)


def test_how_dates_read(app):
    with app.test_request_context():
        moment = datetime(2027, 7, 1, 23, 5, tzinfo=UTC)
        assert long_date(date(2027, 3, 3)) == "3 March 2027"
        assert long_date(moment) == "2 July 2027"
        assert long_time(moment) == "2 July 2027, 00:05"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "in 1 day"), (-1, "1 day ago"), (13, "in 13 days"), (14, "in 2 weeks"),
     (-59, "8 weeks ago"), (60, "in 2 months"), (-729, "24 months ago"), (730, "in 2 years")],
)  # fmt: skip
def test_how_long_it_is(app, days, words):
    with app.test_request_context():
        assert how_long(clock.today() + timedelta(days=days)) == words


def test_a_text_by_its_empty_lines():
    assert paragraphs("one\ntwo\n\n \nthree\n") == ["one\ntwo", "three"]
    assert paragraphs(" \n\n ") == []
