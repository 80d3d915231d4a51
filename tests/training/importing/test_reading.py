"""What one cell says, and what becomes of one row: plain rules, without a database."""

from datetime import date

import pytest

from training.importing import fields, judging, reading, words
from training.importing.judging import Known, Whom
from training.pathways.reading import read
from web.settings import ROOT

pytestmark = pytest.mark.once

PATHWAYS = read(ROOT / "content" / "pathways.toml")
W2 = PATHWAYS.by_key["W2"]
TODAY = date(2027, 3, 2)
HEADINGS = ("Name", "Email", "Module", "Date", "How", "Provider", "Update")
SAM = Whom(7, 3, frozenset({"W1"}))
VIC = Whom(8, None, None)
KNOWN = Known(
    by_email={"sam@example.org": SAM},
    by_name={"vic vale": [VIC], "jo ash": [Whom(9, None, None), Whom(10, None, None)]},
    without_email={8, 9, 10},
    colleagues=frozenset({"sam reid"}),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/03/2027", (date(2027, 3, 3), False)),
        ("03/04/2027", (date(2027, 4, 3), True)),
        ("3.4.27", (date(2027, 4, 3), True)),
        ("13/04/2027", (date(2027, 4, 13), False)),
        ("04/13/2027", (None, False)),
        ("31-02-2027", (None, False)),
        ("2027-03-03", (date(2027, 3, 3), False)),
        ("2027-03-03 14:05:00", (date(2027, 3, 3), False)),
        ("2027-03-03T14:05:00Z", (date(2027, 3, 3), False)),
        ("3 March 2027", (date(2027, 3, 3), False)),
        ("Wednesday 3rd Mar 2027", (date(2027, 3, 3), False)),
        ("03-Sept-27", (date(2027, 9, 3), False)),
        ("March 3, 2027", (date(2027, 3, 3), False)),
        ("46449", (date(2027, 3, 3), False)),
        ("3 Ma 2027", (None, False)),
        ("soon", (None, False)),
        ("", (None, False)),
        ("0/0/0000", (None, False)),
    ],
)
def test_a_day_is_day_first_and_says_when_it_could_be_another(text, expected):
    assert reading.day(text) == expected


def test_headings_are_guessed_and_the_first_of_two_counts():
    assert fields.guess(["Full name", "E-mail", "Course", "Training", "DATE COMPLETED", "Shoe"]) == [
        "name", "email", "module", "", "day", "",
    ]  # fmt: skip
    assert fields.fingerprint(["Name ", "DAY"]) == fields.fingerprint(["name", "Day"])


def judged(newcomers=True, **cells):
    row = [cells.get(heading.lower(), "") for heading in HEADINGS]
    places = {key: n for n, key in enumerate(fields.guess(HEADINGS))}
    asked = judging.asked_by(PATHWAYS, places, how="course", newcomers=newcomers, today=TODAY)
    usual = {2: "W2", 3: "1 March 2027"}
    row = [cell or usual.get(n, "") if cell != "-" else "" for n, cell in enumerate(row)]
    return judging.judge(2, row, asked, KNOWN)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "nobody"),
        ({"email": "nobody@example.org"}, "unknown email"),
        ({"email": "sam.example.org"}, "email miswritten"),
        ({"name": "!"}, "name miswritten"),
        ({"name": "Jo Ash"}, "two of that name"),
        ({"name": "Sam Reid"}, "has an account"),
        ({"name": "x" * 101}, "too long"),
        ({"name": "=1+1"}, "formula"),
        ({"name": "Vic Vale", "module": "-"}, "no module"),
        ({"name": "Vic Vale", "module": "Z9"}, "unknown module"),
        ({"name": "Vic Vale", "date": "-"}, "no day"),
        ({"name": "Vic Vale", "date": "31/02/2027"}, "not a day"),
        ({"name": "Vic Vale", "date": "1/1/1950"}, "not a day"),
        ({"name": "Vic Vale", "date": "3 March 2027"}, "to come"),
        ({"name": "Vic Vale", "how": "by post"}, "unknown way"),
        ({"name": "Vic Vale", "update": "maybe"}, "neither yes nor no"),
        ({"name": "Vic Vale", "module": "Y2", "update": "yes"}, "no update"),
        ({"name": "Vic Vale", "provider": "x" * 201}, "too long"),
        ({"name": "Vic Vale", "provider": "DBS 001234567890"}, "not kept"),
    ],
)
def test_what_is_wrong_names_the_cell_and_how_to_mend_it(cells, code):
    found = judged(**cells)
    assert not found.can_be_added
    assert [note[1] for note in found.notes] == [code]
    assert code in words.SENTENCES


def test_several_mistakes_are_told_at_once():
    assert {note[0] for note in judged(name="Vic Vale", module="Z9", date="x").notes} == {
        "module", "day",
    }  # fmt: skip


def test_whom_it_is():
    assert judged(email="SAM@example.org", name="Whoever").whom is SAM
    assert judged(name="vic  VALE").whom is VIC
    assert judged(name="Vic Vale", email="vic@example.org").whom is VIC
    new = judged(name="Ann Other", email="ann@example.org")
    assert (new.whom, new.newcomer.key) == (None, "e:ann other|ann@example.org")
    assert judged(newcomers=False, name="Ann Other").notes == [("name", "not entered")]


def test_what_it_says():
    found = judged(name="Vic Vale", module=W2.name.upper(), date="03/02/2027", how="e-learning")
    assert found.entered == judging.Entered("W2", date(2027, 2, 3), "online")
    assert found.notes == [("day", "day first")]
    assert found.mark == judged(name="Vic Vale", module="w2", date="2027-02-03").mark
    both = judged(name="Vic Vale", module=f"W2 {W2.name}")
    assert both.entered.module == "W2"


def test_of_what_it_may_not_know_an_organisation_learns_nothing():
    assert SAM.is_hidden("W2")
    assert not SAM.is_hidden("W1")
    assert not VIC.is_hidden("W2")
