"""How many are in date: numbers that name nobody, whatever the team looks like."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.builders.training import DEFAULT
from training.pathways.reading import read
from training.status import Record, picture
from training.team.counting import FEWEST, RoleCount, counted
from training.team.looking import Member

pytestmark = pytest.mark.once

TODAY = date(2027, 3, 2)
PATHWAYS = read(DEFAULT)
ALL = PATHWAYS.by_key


def person(*roles, has=ALL, on=date(2027, 1, 5)):
    records = [Record(key, on) for key in has]
    seen = PATHWAYS.required(roles)
    who = SimpleNamespace(called="Win", id=1)
    return Member(who, roles, seen, picture(PATHWAYS, roles, records, TODAY))


def people(number, *roles, **more):
    return [person(*roles, **more) for _ in range(number)]


def count(members, **more):
    return counted(PATHWAYS, members, TODAY, **more)


def test_each_person_is_counted_once_whatever_they_do():
    found = count([person("trustee", "manager"), *people(2, "volunteer", has=())])
    assert (found.people, found.in_date, found.ran_out) == (3, 1, 0)
    assert found.pathways == PATHWAYS.code


def test_what_runs_out_soon_counts_and_is_told_of():
    soon = person("trustee", on=date(2025, 4, 1), has=("W1", "W2", "M5"))
    ran = person("trustee", on=date(2020, 4, 1))
    due = person("volunteer", on=date(2025, 4, 1), has=("W4",))
    found = count([soon, ran, due])
    assert (found.in_date, found.due) == (0, 0), "its yearly update ran out"
    assert found.ran_out == 2
    almost = person("trustee", on=date(2026, 3, 20))
    assert (count([almost]).in_date, count([almost]).due) == (1, 1)


def test_who_lacks_what_nobody_may_lack_is_a_number():
    members = [person("volunteer"), person("trustee", has=("W1", "M5"))]
    found = count(members, watched=("W2", "gone"))
    assert found.lack("W2") == 1
    assert found.lack("gone") == found.lack("K1") == 0


def test_who_has_no_role_of_today_is_told_apart():
    found = count([person("volunteer"), person("retired-role")], without_role=2)
    assert (found.people, found.in_date, found.without_role) == (1, 1, 3)


def test_under_five_people_there_is_no_split():
    assert count(people(FEWEST - 1, "volunteer")).roles == ()
    assert count(people(FEWEST, "volunteer")).roles == (
        RoleCount(PATHWAYS.role_by_key["volunteer"].name, 5, 5),
    )


def test_a_role_that_few_do_is_not_told_of_nor_uncovered_by_subtracting():
    few = people(2, "trustee")
    assert count([*people(6, "volunteer"), *few]).roles == ()
    many = [*people(6, "volunteer"), *people(5, "mentor"), *few]
    told = count(many).roles
    assert [role.people for role in told] == [6], "with five left over, the two cannot be told"
    assert len(count([*people(6, "volunteer"), *people(5, "mentor")]).roles) == 2


def test_somebody_in_two_roles_stands_in_both():
    members = people(5, "volunteer", "mentor", has=("W1", "W2", "W3", "W4"))
    assert {role.people for role in count(members).roles} == {5}
    assert {role.in_date for role in count(members).roles} == {0}
