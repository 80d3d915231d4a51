"""Lists of cases ask as much of sixty cases as of a thousand."""

import pytest
from sqlalchemy import insert

from accounts.models import Organisation
from tests.builders import sending
from tests.charter.counting import statements
from tools.bench import cases as bulk
from web import clock

FIRST = 10_000
"""Beyond all that the builders made."""
pytestmark = pytest.mark.once


def club(number, by):
    return {
        "id": number, "slug": f"club-{number}", "name": f"Club {number}", "kind": "club",
        "sort_key": f"club {number}", "search_key": f"club {number}", "about": "", "areas": [],
        "volunteer_run": True, "state": "checked", "created_at": clock.now(),
        "created_by_id": by.id, "checked_at": clock.now(), "version": 1,
    }  # fmt: skip


def add(session, many, numbers, by):
    session.connection().execute(insert(Organisation), [club(n, by) for n in numbers])
    many.add(numbers, whole=False)


def cost(app, client, group):
    lists = (
        (group.assessors[0], ("/assess/", "/my/")),
        (group.second_lead, ("/moderate/", "/appeals/")),
        (group.members["voluntary"][0], ("/panel/",)),
        (group.chair, ("/chair/", "/meetings/")),
        (group.officer, ("/team/cases/", "/team/cases/?show=all", "/team/decisions/",
                         "/team/allocation/assessors", "/team/awards/", "/my/")),
    )  # fmt: skip
    found = {}
    for person, pages in lists:
        client.sign_in(person)
        for page in pages:
            with statements(app) as said:
                client.page(page)
            found[person.name, page] = len(said)
    return found


def test_lists_ask_as_much_of_sixty_cases_as_of_a_thousand(app, client, session, group):
    sending.agreed(session)
    bulk.other_assessors(session)
    by = group.officer
    people = {
        bulk.READER: group.assessors[0].id,
        bulk.MEMBER: group.members["voluntary"][0].id,
        bulk.YOUTH: group.members["youth"][0].id,
        bulk.CHAIR: group.chair.id,
    }
    many = bulk.Bulk(session, people, by=by.id)
    add(session, many, range(FIRST, FIRST + 60), by)
    few = cost(app, client, group)
    add(session, many, range(FIRST + 60, FIRST + 1000), by)
    found = cost(app, client, group)
    assert {where: asked for where, asked in found.items() if asked > few[where]} == {}
