"""Which badges somebody should have: pure, over the pathways the portal starts with."""

from datetime import date, timedelta

import pytest

from tests.builders.training import DEFAULT
from training.badges.due import badges_due
from training.badges.files import lines
from training.pathways.reading import read
from training.status import Kind, Record, picture

pytestmark = pytest.mark.once
PATHWAYS = read(DEFAULT)
TODAY = date(2027, 3, 2)
WELCOME = tuple(module.key for module in PATHWAYS.in_stage("welcome"))


def due(*records, on=TODAY, roles=()):
    return badges_due(PATHWAYS, picture(PATHWAYS, roles, records, on))


def done(day=TODAY, **more):
    return [Record(key, day, **more) for key in WELCOME]


def test_a_stage_is_due_when_all_of_it_is_checked_and_in_date():
    assert due() == {}
    assert set(due(*done())) == {"welcome"}
    assert set(due(*done(), roles=("volunteer",))) == {"welcome"}
    assert due(*done()[1:]) == {}
    assert due(*done(checked=False)) == {}
    assert due(*done(TODAY - timedelta(days=5000))) == {}


def test_prior_learning_counts():
    assert set(due(*done(kind=Kind.PRIOR))) == {"welcome"}


def test_it_is_good_until_the_first_of_its_modules_runs_out():
    seen = picture(PATHWAYS, (), done(), TODAY)
    ends = [seen.modules[key].until for key in WELCOME if seen.modules[key].until]
    until = due(*done())["welcome"].until
    assert until == min(ends)
    assert set(due(*done(), on=until)) == {"welcome"}
    assert due(*done(), on=until + timedelta(days=1)) == {}


def test_a_title_is_laid_out_in_lines():
    assert lines("Youth diversion: learning done") == ["Youth diversion:", "learning done"]
    assert lines("Averyveryverylongword x") == ["Averyveryverylongword", "x"]
