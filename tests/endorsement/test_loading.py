"""A framework's file becomes a version that stays, and no standard's code is ever lost."""

import pytest
from sqlalchemy import func, select

from charter import content as charter_content
from endorsement import versions
from endorsement.framework.reading import read
from endorsement.models import FrameworkVersion
from web import clock
from web.settings import ROOT
from web.unchanging import Unchangeable

INDICATORS = (ROOT / "tests" / "content" / "indicators.toml").read_text("utf-8")
RETIRED = '[[retired]]\nkey = "S4-3"\nname = "Spaces are safe"\n'


@pytest.fixture
def framework(app, tmp_path):
    """Run ``flask framework load`` or ``check`` on a text."""

    def run(verb, text):
        file = tmp_path / "framework.toml"
        file.write_text(text, "utf-8")
        return app.test_cli_runner().invoke(args=["framework", verb, str(file)])

    return run


def count(session):
    """Versions there are.  Nothing stays open: the command has a session of its own."""
    found = session.scalar(select(func.count()).select_from(FrameworkVersion))
    session.rollback()
    return found


def changed(*pairs, text=INDICATORS):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def without_the_last_standard(code="indicators-2", retired=""):
    """S4-3 is gone, and with it what points to it."""
    start = INDICATORS.index('[[standards]]\nkey = "S4-3"')
    end = INDICATORS.index("[[tracks]]")
    text = INDICATORS[:start] + retired + INDICATORS[end:]
    return changed(('"indicators-1"', f'"{code}"'), (', "S4-3"', ""), text=text)


def test_a_good_file_is_published_once(session, framework):
    first = framework("load", INDICATORS)
    assert (first.exit_code, count(session)) == (0, 1)
    assert "Version indicators-1 is published with 12 standards. It is example text" in first.output
    again = framework("load", "# a comment more\n" + INDICATORS)
    assert (again.exit_code, count(session)) == (0, 1)
    assert "published already" in again.output
    assert versions.newest(session).framework == read(INDICATORS)


def test_what_was_agreed_says_by_whom(session, framework):
    agreed = 'language = "en"\nagreed_by = "The steering group"\nagreed_on = 2027-03-03'
    done = framework("load", changed(('language = "en"', agreed)))
    assert "agreed by The steering group" in done.output
    version = versions.newest(session)
    assert (version.example_text, version.framework.agreed_on.year) == (False, 2027)


def test_another_text_under_the_same_code_is_refused(session, framework):
    framework("load", INDICATORS)
    done = framework("load", changed(("Choices are theirs", "Choices are made")))
    assert (done.exit_code, count(session)) == (1, 1)
    assert "a published version never changes" in done.output


def test_a_mistake_is_told_with_its_line_and_nothing_is_published(session, framework):
    for verb in ("load", "check"):
        done = framework(verb, changed(("count = 2", "count = 9")))
        assert (done.exit_code, count(session)) == (1, 0)
        assert "levels[2].rules[2].count: can never hold" in done.output
        assert "line " in done.output
        assert "Traceback" not in done.output


def test_checking_changes_nothing(session, framework):
    done = framework("check", INDICATORS)
    assert (done.exit_code, count(session)) == (0, 0)
    assert "4 areas, 12 standards, 3 levels. Nothing is wrong with it." in done.output
    framework("load", INDICATORS)
    done = framework("check", changed(("Choices are theirs", "Choices are made")))
    assert "give it another code: indicators-1 is taken" in done.output


def test_a_standard_is_not_lost_without_a_word(session, framework):
    framework("load", INDICATORS)
    for verb in ("check", "load"):
        done = framework(verb, without_the_last_standard())
        assert (done.exit_code, count(session)) == (1, 1)
        assert RETIRED.strip() in done.output
    assert framework("load", without_the_last_standard(retired=RETIRED + "\n")).exit_code == 0
    (one,) = versions.newest(session).framework.retired
    assert (count(session), one.key, one.name) == (2, "S4-3", "Spaces are safe")
    forgotten = framework("load", without_the_last_standard("indicators-3"))
    assert "[[retired]]" in forgotten.output


def test_a_retired_code_never_stands_for_another_thing(session, framework):
    framework("load", INDICATORS)
    framework("load", without_the_last_standard(retired=RETIRED + "\n"))
    other = changed(('"indicators-1"', '"indicators-3"'), ('"Spaces are safe"', '"Cats are fed"'))
    done = framework("load", other)
    assert (done.exit_code, count(session)) == (1, 2)
    assert "S4-3 stands for “Spaces are safe”, which was retired" in done.output
    back = framework("load", changed(('"indicators-1"', '"indicators-3"')))
    assert (back.exit_code, count(session)) == (0, 3)


def test_what_is_retired_is_no_standard_too(framework):
    done = framework("check", INDICATORS + "\n" + RETIRED)
    assert 'retired[1].key: "S4-3" is standards[12] too' in done.output


def test_commitments_the_charter_does_not_have_are_noted(session, framework):
    charter_content.load_default(session)
    session.commit()
    named = changed(('area = "S1"', 'area = "S1"\ncharter = ["heard", "moon"]'))
    done = framework("load", named)
    assert (done.exit_code, count(session)) == (0, 1)
    assert "S1-1 goes with moon, which the charter does not have" in done.output


def test_the_portal_starts_with_its_own_and_brings_it_once(session):
    versions.load_default(session)
    versions.load_default(session)
    version = versions.newest(session)
    assert (count(session), version.code, len(version.framework.standards)) == (1, "2026", 21)


def test_a_published_version_never_changes(session):
    version = versions.publish(session, read(INDICATORS), by="system:test", at=clock.now())
    session.commit()
    version.title = "Another"
    with pytest.raises(Unchangeable):
        session.flush()
    session.rollback()


def test_a_portal_without_a_framework_says_that_it_is_closed(client):
    assert client.get("/quality").status_code == 503
