"""Lettering that fills the wall, for whatever a charter's titles are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.public import lettering
from charter.public.lettering import WIDEST, narrow_lines, style_sheet, wide_lines
from tests.builders import charter as build

EIGHT = (
    "Keep us safe", "Respect us", "Hear us and act", "Give us a real choice", "Welcome everyone",
    "Be people we can trust", "Help us move forward", "Stand with us in our community",
)  # fmt: skip
ODD = (
    "Unselbstverständlichkeitsvermutung", "I", "W" * 60, "a b c d e f g h i j k l m n o p q r s t",
    "Θέλουμε ασφάλεια", "আমাদের নিরাপদ রাখুন", "احمونا من فضلكم", "保护我们的安全", "Иже еси", "…", "🙂 🙂",
)  # fmt: skip
RULE = re.compile(
    r"\.cut--(\w+) span:nth-child\((\d+)\)\{font-size:([\d.]+)cqi;font-stretch:(\d+)%\}"
)


def width(line):
    """Of the set line, in per cent of its band."""
    return line.size * lettering._width(line.text, line.stretch)


@pytest.mark.parametrize("title", [*EIGHT, *ODD])
def test_no_line_is_wider_than_its_band(title):
    for line in narrow_lines(title):
        assert 0 < width(line) <= 98.6, line
        assert line.size <= lettering.TALLEST
        assert 50 <= line.stretch <= WIDEST


@pytest.mark.parametrize("title", EIGHT)
def test_a_line_of_ours_fills_its_band(title):
    assert all(width(line) >= 60 for line in narrow_lines(title))


@pytest.mark.parametrize("title", [*EIGHT, *ODD])
def test_no_word_is_lost_or_cut(title):
    lines = [line.text for line in narrow_lines(title)]
    assert " ".join(lines) == title
    places = [n for group in wide_lines(lines) for n in group]
    assert places == list(range(len(lines)))
    assert len(wide_lines(lines)) <= 2


def test_the_sheet_has_a_size_for_every_line_on_both_walls():
    sheet = style_sheet([("1", EIGHT[0]), ("2", EIGHT[7])])
    narrow, wide = sheet.split("@media (min-width:36rem){")
    lines = {("1", n + 1) for n in range(len(narrow_lines(EIGHT[0])))}
    lines |= {("2", n + 1) for n in range(len(narrow_lines(EIGHT[7])))}
    for half in (narrow, wide):
        assert {(name, int(n)) for name, n, *_ in RULE.findall(half)} == lines
    assert sheet.count("{") == sheet.count("}")


@settings(deadline=None, max_examples=150)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).filter(
        str.strip
    )
)
def test_any_title_can_be_cut(title):
    for line in narrow_lines(title):
        assert width(line) <= 98.6
    sheet = style_sheet([("1", title)])
    # Of the title nothing comes into the sheet but numbers.
    assert re.fullmatch(r"[\x20-\x7e\n]*", sheet)


def test_sixteen_commitments_have_a_sheet_and_pages(client, session):
    from charter import content

    whole = content.read(content.DEFAULT)
    more = [
        whole.commitments[n % 8].model_copy(
            update={"number": n + 1, "key": f"key-{n}", "title": ODD[n % len(ODD)]}
        )
        for n in range(16)
    ]
    text = whole.model_copy(update={"code": "sixteen", "commitments": tuple(more)})
    content.publish(session, text, by="system:test", at=build.clock.now())
    session.commit()
    for address in ("/", "/charter", "/charter/easy-read", "/register"):
        assert client.page(address).h1 is not None
    sheet = client.get("/charter/versions/sixteen/lettering.css").text
    assert {name for name, *_ in RULE.findall(sheet)} == {"heading", *map(str, range(1, 17))}
    assert len(client.page("/").select(".band")) == 16
    poster = client.get("/charter/poster.pdf")
    assert poster.status_code == 200
