"""A pathways file becomes a version that stays, and no code of a module or role is ever lost."""

import pytest
from sqlalchemy import func, select

from tests.training.test_reading import GOOD, changed
from training import versions
from training.models import PathwayVersion
from web import clock
from web.unchanging import Unchangeable

WITHOUT_C = GOOD[: GOOD.index('[[modules]]\nkey = "C"')] + GOOD[GOOD.index("[[roles]]") :].replace(
    'modules = ["C"]', ""
).replace("You visit.", "You look.")
RETIRED = '\n[[retired]]\nkey = "C"\nname = "Visiting"\n'


@pytest.fixture
def pathways(app, tmp_path):
    """Run ``flask pathways load`` or ``check`` on a text."""

    def run(verb, text):
        file = tmp_path / "pathways.toml"
        file.write_text(text, "utf-8")
        return app.test_cli_runner().invoke(args=["pathways", verb, str(file)])

    return run


def count(session):
    found = session.scalar(select(func.count()).select_from(PathwayVersion))
    session.rollback()
    return found


def as_two(text):
    return changed('code = "one"', 'code = "two"', text)


def test_a_good_file_is_published_once(session, pathways):
    first = pathways("load", GOOD)
    assert (first.exit_code, count(session)) == (0, 1)
    assert "Version one is published with 3 modules and 1 roles. It is example" in first.output
    again = pathways("load", "# a comment more\n" + GOOD)
    assert (again.exit_code, count(session)) == (0, 1)
    assert "published already" in again.output


def test_what_was_agreed_says_by_whom(session, pathways):
    agreed = 'language = "en"\nagreed_by = "The steering group"\nagreed_on = 2027-03-03'
    assert (
        "agreed by The steering group"
        in pathways("load", changed('language = "en"', agreed)).output
    )
    version = versions.newest(session)
    assert (version.example_text, version.pathways.agreed_on.year) == (False, 2027)


def test_another_text_under_the_same_code_is_refused(session, pathways):
    pathways("load", GOOD)
    done = pathways("load", changed("You work.", "You rest."))
    assert (done.exit_code, count(session)) == (1, 1)
    assert "a published version never changes" in done.output
    done = pathways("check", changed("You work.", "You rest."))
    assert "give it another code: one is taken" in done.output


def test_a_mistake_is_told_with_its_line_and_nothing_is_published(session, pathways):
    for verb in ("load", "check"):
        done = pathways(verb, changed('needs = ["A"]', 'needs = ["Z"]'))
        assert (done.exit_code, count(session)) == (1, 0)
        assert 'modules[2].needs: there is no module "Z"' in done.output
        assert "Traceback" not in done.output


def test_a_module_or_a_role_is_not_lost_without_a_word(session, pathways):
    pathways("load", GOOD)
    for verb in ("check", "load"):
        done = pathways(verb, as_two(WITHOUT_C))
        assert (done.exit_code, count(session)) == (1, 1)
        assert RETIRED.strip() in done.output
    assert pathways("load", as_two(WITHOUT_C) + RETIRED).exit_code == 0
    renamed = as_two(changed('key = "worker"', 'key = "wrker"'))
    assert 'key = "worker"' in pathways("check", renamed).output


def test_a_retired_code_never_stands_for_another_thing(session, pathways):
    pathways("load", GOOD)
    pathways("load", as_two(WITHOUT_C) + RETIRED)
    other = changed('code = "one"', 'code = "three"', changed('"Visiting"', '"Singing"'))
    done = pathways("load", other)
    assert (done.exit_code, count(session)) == (1, 2)
    assert "C stands for “Visiting”, which was retired" in done.output


def test_the_portal_starts_with_its_own_and_brings_it_once(session):
    versions.load_default(session)
    versions.load_default(session)
    version = versions.newest(session)
    assert (count(session), version.code, len(version.pathways.modules)) == (1, "2026", 28)


def test_a_published_version_never_changes(session):
    versions.load_default(session)
    session.commit()
    version = versions.newest(session)
    version.title = "Another"
    with pytest.raises(Unchangeable, match="title never changes"):
        session.flush()
    session.rollback()
    session.delete(versions.newest(session))
    with pytest.raises(Unchangeable, match="it stays"):
        session.flush()
    session.rollback()


def test_the_newest_is_the_last_published(session, pathways):
    pathways("load", GOOD)
    pathways("load", as_two(changed("You work.", "You rest.")))
    assert versions.newest(session).code == "two"
    assert versions.by_code(session, "one").published_at <= clock.now()
