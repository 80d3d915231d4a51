"""A charter's file becomes a version, or every mistake in it is told."""

import pytest
from sqlalchemy import func, select

from charter import content
from charter.models import CharterVersion, Commitment
from charter.queries import current_charter
from web import clock

GOOD = content.DEFAULT.read_text("utf-8")


def write(tmp_path, text, name="charter.toml"):
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def load(app, *args):
    return app.test_cli_runner().invoke(args=["charter", "load", *map(str, args)])


def versions(session):
    return session.scalar(select(func.count()).select_from(CharterVersion))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "respect"', 'key = "safe"', '"safe" is taken by commitments[1]'),
        ("number = 2", "number = 3", "this is number 2 in the file"),
        ('title = "Respect us"', "", "commitments[2].title: is missing"),
        ('title = "Respect us"', 'titel = "Respect us"', "Did you mean title?"),
        ('language = "en"', 'language = "english please"', "is not a language code"),
        ('language = "en"', 'language = "en"\nagreed_by = "Us"', "stands alone"),
        ('code = "2026"', 'code = "2026/7"', "cannot stand in an address"),
        ('code = "2026"', "code = 2026", "should be text"),
        ('  "Do adults talk to you with respect?",\n', "", "has 2 lines, and know has 3"),
        ('[commitments.weak]\naction = "We respect all young people."', "[x]\na = 1", "weak"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_mend(app, session, tmp_path, old, new, said):
    assert old in GOOD
    done = load(app, write(tmp_path, GOOD.replace(old, new, 1)))
    assert (done.exit_code, versions(session)) == (1, 0)
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("text", ["", "code =", "\0", "[" * 5000, "x = 1", "commitments = 3"])
def test_what_is_no_charter_is_refused_in_a_sentence(app, session, tmp_path, text):
    done = load(app, write(tmp_path, text))
    assert (done.exit_code, versions(session)) == (1, 0)
    assert "cannot be used" in done.output


def test_a_file_that_is_not_there(app, session, tmp_path):
    done = load(app, tmp_path / "nowhere.toml")
    assert done.exit_code == 1
    assert "there is no such file" in done.output


def test_every_mistake_is_told_at_once(app, session, tmp_path):
    bad = GOOD.replace("number = 2", "number = 9", 1).replace('key = "trust"', 'key = "A B"', 1)
    output = load(app, write(tmp_path, bad)).output
    assert "2 things to mend" in output
    assert "commitments[2].number" in output
    assert "commitments[6].key" in output
    assert "line " in output


def test_a_good_file_is_published_once(app, session, tmp_path):
    first = load(app, content.DEFAULT)
    assert (first.exit_code, versions(session)) == (0, 1)
    assert "Version 2026 is published with 8 commitments. It is example text" in first.output
    again = load(app, write(tmp_path, "# a comment more\n" + GOOD))
    assert (again.exit_code, versions(session)) == (0, 1)
    assert "published already" in again.output


def test_a_published_version_never_changes(app, session, tmp_path):
    load(app, content.DEFAULT)
    done = load(app, write(tmp_path, GOOD.replace("Respect us", "Respect all of us")))
    assert done.exit_code == 1
    assert "never changes. Give the new text a code of its own." in done.output
    titles = session.scalars(select(Commitment.title).order_by(Commitment.number)).all()
    assert titles[1] == "Respect us"


def test_the_version_published_last_is_the_current_one(app, session, tmp_path):
    load(app, content.DEFAULT)
    agreed = GOOD.replace('code = "2026"', 'code = "2027"').replace(
        'language = "en"',
        'language = "en"\nagreed_by = "The Tuesday group"\nagreed_on = 2027-02-01',
    )
    clock.freeze(clock.now().replace(hour=15))
    done = load(app, write(tmp_path, agreed))
    assert "agreed by The Tuesday group" in done.output
    newest = current_charter(session)
    assert (newest.code, newest.example_text, len(newest.commitments)) == ("2027", False, 8)


def test_a_fresh_portal_has_a_charter(session):
    content.load_default(session)
    session.commit()
    content.load_default(session)
    session.commit()
    assert versions(session) == 1
