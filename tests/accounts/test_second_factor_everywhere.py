"""Without the second step no page and no button works for those whose role demands it."""

import pytest

from tests.access_table import TABLE, cells
from tests.test_access import WHO, answer, world  # noqa: F401 - a fixture
from web.access import anyone, by_token, signed_out

FREE = {
    "security.second_factor", "security.set_up_app", "security.add_passkey", "security.logout",
    "security.prove", "security.prove_by_passkey", "security.prove_by_recovery_code",
}  # fmt: skip
"""Signing out, setting up and proving."""


FEWEST = {"officer": 20, "data protection": 20, "safeguarding": 3, "assessor": 9, "chair": 9}


def cell(row, who):
    return cells(row)[WHO.index(who)]


@pytest.mark.parametrize("who", FEWEST)
def test_no_page_and_no_button_of_theirs_works_without_it(app, world, who):  # noqa: F811
    """Every row of the access table that somebody with this role may use; of the roles that came
    later, what the role opens."""
    own = [row for row in TABLE if cell(row, who) not in (403, 404, 410)]
    if who not in ("officer", "data protection"):
        own = [row for row in own if cell(row, who) != cell(row, "practitioner")]
    shut = [row for row in own if row.split()[1] not in FREE]
    assert len(shut) >= FEWEST[who]
    opened = []
    for row in shut:
        before = app.extensions["database"].pinned.begin_nested()
        got = answer(app, world, row, who, proved=False)
        before.rollback()
        rule = app.view_functions[row.split()[1]].guard.rule
        if rule in (anyone, by_token):  # it meets nobody
            right = got.status_code == cell(row, "nobody")
        elif rule is signed_out:  # who is signed in goes to their first page, and from there
            right = got.status_code in (302, 303)
        else:
            right = (got.location or "").startswith("/my/proof")
        if not right:
            opened.append((row, got.status, got.location))
    assert opened == []
