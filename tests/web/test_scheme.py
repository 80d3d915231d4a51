"""The county's file: two counties load, and every way a file can be wrong is named."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from web.scheme import Scheme, SchemeError, load_scheme
from web.scheme.colours import contrast
from web.toml_errors import Problem

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "content" / "scheme.toml"
RUTLAND = ROOT / "tests" / "content" / "rutland.toml"
TEXT = EXAMPLE.read_text("utf-8")
CHECKED = date(2026, 11, 23)


@pytest.fixture
def refused(tmp_path):
    """Write a file and hand back the refusal, with its problems."""

    def write(content: str | bytes) -> SchemeError:
        path = tmp_path / "scheme.toml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(SchemeError) as caught:
            load_scheme(path)
        return caught.value

    return write


def changed(old: str, new: str, text: str = TEXT) -> str:
    assert old in text, f"the example file has no {old!r} any more"
    return text.replace(old, new, 1)


def line_of(part: str, text: str) -> int:
    return text[: text.index(part)].count("\n") + 1


# Two counties


def test_the_example_county_loads_with_its_eight_areas():
    scheme = load_scheme(EXAMPLE)
    assert [area.name for area in scheme.areas] == [
        "Nottingham City", "Ashfield", "Bassetlaw", "Broxtowe",
        "Gedling", "Mansfield", "Newark and Sherwood", "Rushcliffe",
    ]  # fmt: skip
    assert scheme.area("newark-sherwood").name == "Newark and Sherwood"
    assert scheme.area("atlantis") is None


def test_the_example_county_keeps_the_clocks_of_the_domain():
    clocks = load_scheme(EXAMPLE).clocks
    assert clocks.charter.check_working_days == 10
    assert clocks.charter.reminders_days_before == (60, 14, 0)
    review = clocks.endorsement
    steps = ("allocation", "desk_review", "visit", "report", "fact_check", "moderation", "vote")
    assert sum(getattr(review, f"{step}_working_days") for step in steps) == 60


def test_a_file_that_names_no_clock_gets_the_domain_s():
    assert load_scheme(EXAMPLE).clocks == type(load_scheme(EXAMPLE).clocks)()
    assert load_scheme(EXAMPLE).retention == type(load_scheme(EXAMPLE).retention)()


def test_the_second_county_changes_everything_a_county_can_change():
    here, there = leaves(load_scheme(EXAMPLE)), leaves(load_scheme(RUTLAND))
    structure = re.compile(
        r"example|.*\.key|.*\.audience|accessibility\.(status|standard)|.*ico_.*"
    )
    same = [key for key in here.keys() & there.keys() if here[key] == there[key]]
    assert [key for key in same if not structure.fullmatch(key)] == []


def test_the_second_county_fills_in_every_field_there_is():
    data = tomllib.loads(RUTLAND.read_text("utf-8"))
    assert sorted(set(unset(load_scheme(RUTLAND), data))) == []


def leaves(value: object, key: str = "") -> dict[str, object]:
    if isinstance(value, BaseModel):
        items = [(name, getattr(value, name)) for name in type(value).model_fields]
    elif isinstance(value, tuple):
        items = list(enumerate(value))
    else:
        return {} if value is None else {key.removeprefix("."): value}
    return {k: v for name, inner in items for k, v in leaves(inner, f"{key}.{name}").items()}


def unset(value: object, data: object, key: str = ""):
    """Fields that no entry of the file sets; in lists one entry is enough."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            tables = data if isinstance(data, list) else [data]
            given = [table[name] for table in tables if name in table]
            if not given:
                yield f"{key}.{name}".removeprefix(".")
            else:
                yield from unset(getattr(value, name), given[0], f"{key}.{name}")
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        yield from unset(value[0], data, key)


def test_a_scheme_cannot_be_changed():
    scheme = load_scheme(EXAMPLE)
    with pytest.raises(ValidationError, match="frozen"):
        scheme.names.team = "someone else"


def test_the_three_groups_are_found_by_key_in_any_order():
    there = load_scheme(RUTLAND)
    assert there.constituency("youth").quorum == 2
    assert there.constituency("agency").quorum == 3
    assert load_scheme(EXAMPLE).constituency("agency").quorum == 1
    with pytest.raises(KeyError):
        there.constituency("police")


# Help numbers: an unchecked one is never shown


def test_only_the_checked_numbers_are_shown():
    scheme = load_scheme(EXAMPLE)
    assert [n.number for n in scheme.checked_numbers(CHECKED)] == ["999", "0800 1111", "101"]
    hidden = [n.key for n in scheme.numbers_to_check(CHECKED)]
    assert "county-children" in hidden
    assert "nspcc" in hidden


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2027, 11, 23), 3),  # the 365th day
        (date(2027, 11, 24), 0),
        (date(2026, 11, 22), 0),  # a check that lies in the future is none
    ],
)
def test_a_check_runs_out(today, shown):
    assert len(load_scheme(EXAMPLE).checked_numbers(today)) == shown


def test_a_number_for_one_area_is_not_shown_in_another():
    there, day = load_scheme(RUTLAND), date(2026, 11, 2)
    assert len(there.checked_numbers(day)) == 2
    assert len(there.checked_numbers(day, area="upper-gwash")) == 2
    assert [n.key for n in there.checked_numbers(day, area="oakmere")] == ["vale-listening"]


# Colours


def test_contrast_is_wcag_s():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("path", [EXAMPLE, RUTLAND], ids=["example", "rutland"])
def test_words_on_every_sign_can_be_read(path):
    colours = load_scheme(path).colours
    for number, sign in enumerate(colours.signs, start=1):
        assert contrast(colours.on_sign(number), sign) >= 4.5


# What production asks


def test_the_example_county_cannot_go_into_production():
    missing = "\n".join(load_scheme(EXAMPLE).what_the_law_needs_and_is_missing())
    assert missing.startswith("example = true")
    for key in ("controller.email", "safeguarding.lead.phone", "contacts.email", "Z0000000"):
        assert key in missing


def test_taking_the_line_example_out_does_not_make_invented_facts_real(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_text(changed("example = true\n", ""), "utf-8")
    missing = load_scheme(path).what_the_law_needs_and_is_missing()
    assert (
        'safeguarding.lead.phone is "0115 496 0110", which is invented: put the real one.'
        in missing
    )
    assert not any(line.startswith("example") for line in missing)


def made_real(text: str) -> str:
    text = changed("example = true\n", "", text)
    text = re.sub(r"0115 496 0(\d{3})", r"0115 977 3\1", text)
    text = text.replace("charter.example", "ourcounty.gov.uk").replace("Z0000000", "ZA123456")
    dates = "prepared = 2026-06-01\nreviewed = 2026-06-01\ntested_on = 2026-05-01\n"
    return changed('standard = "WCAG 2.2 AA"\n', f'standard = "WCAG 2.2 AA"\n{dates}', text)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[safeguarding.deputy]", "[safeguarding.deputy]", None),
        ('name = "Example Police and Crime Commissioner"\n', "", "controller.name"),
        ('ico_registration = "ZA123456"\n', "", "controller.ico_registration"),
        ("prepared = 2026-06-01\n", "", "accessibility.prepared"),
        ("last_checked = 2026-11-23\n", "", "help.numbers"),
    ],
)
def test_production_starts_when_all_is_real_and_says_what_is_missing(tmp_path, old, new, named):
    path, text = tmp_path / "scheme.toml", made_real(TEXT)
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    missing = load_scheme(path).what_the_law_needs_and_is_missing()
    assert [line.split(" ")[0] for line in missing] == ([named] if named else [])


def test_without_a_deputy_production_does_not_start(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_text(re.sub(r"\[safeguarding\.deputy\]\n(.+\n){3}", "", made_real(TEXT)), "utf-8")
    scheme = load_scheme(path)
    assert not scheme.safeguarding.both_named
    assert scheme.what_the_law_needs_and_is_missing() == [
        "safeguarding.deputy is missing: what young people tell us must reach someone the same day."
    ]


# Each kind of mistake, with its line, its key, what is wrong and how to mend it

MISTAKES = {
    "unknown key": ('team = "the', 'taem = "the', "names.taem", "Did you mean team?"),
    "unknown table": ("[open_data]", "[opendata]", "opendata", "Did you mean open_data?"),
    "unknown key far from any": ("[contacts]", "[contacts]\nq = 1", "contacts.q", "Known here: email"),
    "wrong type": ("renewal_months = 12", 'renewal_months = "12"', "clocks.charter.renewal_months", "without quotes"),
    "text wanted": ('short = "Youth Charter"', "short = 7", "names.short", "double quotes"),
    "table wanted": ("[data_protection]", "[[data_protection]]", "data_protection", "under a [heading]"),
    "too small": ("smallest_batch = 5", "smallest_batch = 4", "clocks.charter.smallest_batch", "greater than or equal to 5"),
    "longer than the law": ("complaint_days = 30", "complaint_days = 31", "clocks.accounts.complaint_days", "less than or equal to 30"),
    "missing": ('board = "Strategic Violence Reduction Board"\n', "", "names.board", "Add board: the board it reports to"),
    "empty": ('short = "Youth Charter"', 'short = " "', "names.short", "Write something"),
    "unknown area": ('"bassetlaw", "brox', '"basetlaw", "brox', "help.numbers[4].areas[2]", "Known here: nottingham"),
    "repeated area": ('key = "ashfield"', 'key = "nottingham"', "areas[2].key", "key of its own"),
    "repeated number": ('key = "childline"', 'key = "emergency"', "help.numbers[2].key", "key of its own"),
    "bad key": ('key = "gedling"', 'key = "Gedling Borough"', "areas[5].key", "small letters"),
    "unknown group": ('key = "voluntary"', 'key = "charity"', "constituencies[2].key", "'voluntary'"),
    "group missing": ('key = "voluntary"', 'key = "agency"', "constituencies", "Add it under"),
    "low contrast": ('text = "#18121f"', 'text = "#777777"', "colours.light.text", "until it is 7 or more"),
    "low contrast, dark": ('brand = "#ffc914"', 'brand = "#073b3f"', "colours.dark.brand", "until it is 4.5"),
    "sign between light and dark": ('"#ff7d6e"', '"#7b7b7b"', "colours.signs[8]", "until it is 4.5"),
    "no colour": ('quiet = "#463d4f"', 'quiet = "grey"', "colours.light.quiet", "#1b1724"),
    "too few signs": ('signs = ["#ffc914", ', "signs = [", "colours.signs", "at least 8 items"),
    "date in quotes": ("last_checked = 2026-11-23", 'last_checked = "23/11/2026"', "help.numbers[1].last_checked", "like 2026-11-23"),
    "no such e-mail": ('email = "hello@charter.example"', 'email = "hello at charter"', "contacts.email", "name@place.org"),
    "no such phone": ('phone = "0115 496 0100"', 'phone = "ring us"', "contacts.phone", "0115 496 0000"),
    "no such ICO": ('"Z0000000"', '"12"', "controller.ico_registration", "ICO's register"),
    "no web address": ('url = "https://www.childline.org.uk/"', 'url = "javascript:x"', "help.numbers[2].url", "https://"),
    "no language": ('language = "en"', 'language = "English please"', "language", "like en"),
    "control character": ('short = "Youth Charter"', 'short = "a\\u0000b"', "names.short", "by hand"),
    "wrong order": ("download_offered_months = 22", "download_offered_months = 25", "retention.download_offered_months", "Exchange"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_its_mending(refused, kind):
    old, new, key, mend = MISTAKES[kind]
    text = changed(old, new)
    refusal = refused(text)
    found = {problem.key: problem for problem in refusal.problems}
    assert key in found, str(refusal)
    assert mend in found[key].mend
    assert found[key].line > 0
    shown = text.split("\n")[found[key].line - 1]
    leaf = re.sub(r"\[\d+\]$", "", key).split(".")[-1]
    assert leaf in shown or shown.startswith("["), f"line {found[key].line} is {shown!r}"
    assert str(found[key]) in str(refusal)


def test_the_exact_line_is_named_even_in_the_last_table_of_a_list(refused):
    text = changed('number = "0800 555 111"', 'number = "free"')
    (problem,) = refused(text).problems
    assert problem.line == line_of('number = "free"', text)
    assert problem.key == "help.numbers[8].number"
    assert "line" in str(problem) and '"free" is not a phone number' in str(problem)  # noqa: PT018


def test_every_mistake_is_named_at_once(refused):
    text = TEXT
    together = ("unknown key", "wrong type", "missing", "unknown area", "repeated area",
                "low contrast", "date in quotes", "no such e-mail", "no such phone")  # fmt: skip
    for kind in together:
        old, new, _, _ = MISTAKES[kind]
        text = changed(old, new, text)
    refusal = refused(text)
    named = {problem.key for problem in refusal.problems}
    assert {MISTAKES[kind][2] for kind in together} <= named
    lines = [problem.line for problem in refusal.problems]
    assert lines == sorted(lines)
    assert f"{len(lines)} things to mend" in str(refusal)


def test_one_mistake_is_told_once(refused):
    refusal = refused(changed('text = "#18121f"', 'text = "#777777"'))
    assert [problem.key for problem in refusal.problems] == ["colours.light.text"]


def test_words_that_look_like_keys_do_not_move_the_lines(refused):
    trap = 'post = """\n[contacts]\nphone = "1"\n# it\'s "fine"\n"""'
    text = changed('post = "The Charter team, 1 Example Street, Nottingham NG0 0AA"', trap)
    text = changed("[help]\n", "[help]\ncheck_is_good = 1 # don't [mind]\n", text)
    (problem,) = refused(text).problems
    assert problem.line == line_of("check_is_good = 1", text)
    assert "Did you mean check_is_good_for_days?" in problem.mend


WHOLE = {
    "empty": (b"", "it is empty"),
    "only a comment": (b"# nothing yet\n", "it is empty"),
    "not TOML": (
        TEXT.replace('short = "Youth Charter"', "short = Youth Charter").encode(),
        "not TOML",
    ),
    "date that is none": (TEXT.replace("2026-11-23", "2026-13-45", 1).encode(), "not TOML"),
    "a key twice": (b'language = "en"\nlanguage = "cy"\n', "not TOML"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
    "another encoding": (TEXT.encode("utf-16"), "not a text file"),
    "Latin 1": ("# caf\xe9\n".encode("latin-1"), "not written in UTF-8 (line 1)"),
    "huge": (b"# " + b"x" * 300_000, "too large"),
    "deep": (b"a = " + b"[" * 50_000 + b"]" * 50_000, "nest too deep"),
    "a very long number": (b"a = " + b"9" * 10_000, "not TOML"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_is_no_scheme_file_is_refused_in_words(refused, kind):
    content, what = WHOLE[kind]
    (problem,) = refused(content).problems
    assert what in problem.what
    assert problem.mend


def test_a_mistake_in_the_toml_itself_is_named_with_its_line(refused):
    text = changed('short = "Youth Charter"', "short = Youth Charter")
    (problem,) = refused(text).problems
    assert problem.line == line_of("short = Youth", text)


@pytest.mark.parametrize("path", ["no/such/file.toml", ".", "a\0b", ""])
def test_a_path_that_leads_nowhere_is_refused_in_words(path):
    with pytest.raises(SchemeError) as caught:
        load_scheme(path)
    assert caught.value.problems[0].mend


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert load_scheme(path) == load_scheme(EXAMPLE)


# Whatever is done to the file, it loads or it is refused in words

VALUES = st.sampled_from([
    "0", "-1", "1.5", "inf", "nan", "true", "[]", "{}", '""', '"x"', '"\\u0000"', '"#12"', "[[1]]",
    "[{ key = 1 }]", "{ key = [] }", "2026-01-01", "2026-01-01T00:00:00Z", "12:00:00",
    "1" + "0" * 40, "'''\n[a]\n'''", "nonsense", '["nottingham", 3]',
])  # fmt: skip


@st.composite
def spoiled(draw) -> bytes:
    lines = TEXT.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        key = lines[at].split("=")[0]
        lines[at] = draw(
            st.one_of(
                st.just(""),
                st.just(lines[other]),
                VALUES.map(lambda value, key=key: f"{key} = {value}"),
                st.text(max_size=12).map(lambda extra, line=lines[at]: line + extra),
                st.text(max_size=12),
                st.just(lines[at][::-1]),
            )
        )
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    cut = draw(st.integers(0, 40))
    return content[: -len(content) // (cut + 1)] if draw(st.booleans()) and cut else content


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=spoiled() | st.binary(max_size=200))
def test_a_spoiled_file_loads_or_is_refused_and_nothing_else(tmp_path, content):
    path = tmp_path / "scheme.toml"
    path.write_bytes(content)
    scheme, problems = loaded_or_refused(path)
    assert (scheme is None) == bool(problems)
    assert all(problem.what and problem.mend for problem in problems)
    if scheme:
        assert isinstance(scheme.what_the_law_needs_and_is_missing(), list)
        assert isinstance(scheme.checked_numbers(CHECKED), tuple)


def loaded_or_refused(path: Path) -> tuple[Scheme | None, tuple[Problem, ...]]:
    try:
        return load_scheme(path), ()
    except SchemeError as refusal:
        return None, refusal.problems
