"""The lint skips a page only when it has linted one that differs in nothing it reads."""

import pytest

from tests.lint import _shape

pytestmark = pytest.mark.once
PAGE = (
    "<html lang=en><title>Your club: A</title><main><h1><span>Your</span> club</h1>"
    '<a href="/x">b</a><input value="q" id="i"></main>'
)


@pytest.mark.parametrize(
    "change", [(">b<", ">another name<"), ('"q"', '"zz"'), ('"/x"', '"/y"')], ids=str
)
def test_names_and_values_are_not_read(change):
    assert _shape(PAGE.replace(*change)) == _shape(PAGE)


@pytest.mark.parametrize(
    "change",
    [
        (">b<", "> <"),
        (">b<", ">b&x<"),
        (">b<", "><b<"),
        ('"q"', '"q"r"'),
        ('"q"', '""'),
        ("> club", "> group"),
        ("Your club:", "A club:"),
        ('"/x"', '"#x"'),
        ('id="i"', 'id="j"'),
        ("<html lang=en>", "<html>"),
    ],
    ids=str,
)
def test_what_a_rule_reads_makes_another_page(change):
    assert _shape(PAGE.replace(*change)) != _shape(PAGE)
