"""Real connections at one moment: two windows of one assessor, a withdrawal as one sends."""

import pytest
from sqlalchemy import func, select

from review.desk.seal import changed_since_sealed
from review.models import Allocation, Case, Reading
from review.states import DESK, WITHDRAWN
from tests.builders import charter as pledges
from tests.builders import group as groups
from tests.builders import review as build
from tests.builders import sending
from tests.parallel import at_once, browser

pytestmark = pytest.mark.slow


@pytest.fixture
def stage(own_app):
    """A case at the desk: its addresses, an assessor who has rated all, the organisation's lead."""
    with own_app.app_context(), own_app.extensions["database"].session(writes=True) as session:
        case = build.case_at(session, groups.group(session), DESK, sending.sent(session))
        part = case.allocations[0]
        build.whole(session, part)
        session.commit()
        slug, reference = case.organisation.slug, case.reference
        lead = pledges.lead_of(case.organisation)
        clients = [browser(own_app, who) for who in (part.person, part.person, lead)]
    quality = f"/my/organisations/{slug}/quality/submissions/{reference}"
    return f"/assess/{reference}", f"{quality}/withdraw", clients


def looking(app):
    return app.app_context(), app.extensions["database"].session(writes=False)


def test_two_windows_write_one_standard_first(own_app, stage):
    home, _withdraw, (one, other, _lead) = stage
    address = f"{home}/standards/A1"
    held = []
    for client, words in ((one, "Mine."), (other, "Yours.")):
        opened = client.page(address).select_one("[name=opened]")["value"]
        held.append(
            {"csrf_token": client.token(), "opened": opened, "rating": "2", "reason": words}
        )
    answers = at_once(
        *(
            lambda c=client, d=data: c.post(f"{address}/typed", data=d)
            for client, data in zip((one, other), held, strict=True)
        )
    )
    assert sorted(a.status_code for a in answers) == [200, 409]
    context, database = looking(own_app)
    with context, database as session:
        wanted = select(func.count()).select_from(Reading).where(Reading.standard == "A1")
        assert session.scalar(wanted) == 1


def test_two_windows_send_at_once_and_it_is_sealed_once(own_app, stage):
    home, _withdraw, (one, other, _lead) = stage
    tokens = [(client, {"csrf_token": client.token()}) for client in (one, other)]
    answers = at_once(
        *(lambda c=client, d=data: c.post(f"{home}/send", data=d) for client, data in tokens)
    )
    assert [a.status_code for a in answers] == [303, 303]
    context, database = looking(own_app)
    with context, database as session:
        assert session.scalars(select(Allocation.state)).all().count("sent") == 1
        assert list(changed_since_sealed(session)) == []


def test_it_is_taken_back_while_an_assessor_sends(own_app, stage):
    home, withdraw, (one, _other, lead) = stage
    token = {"csrf_token": one.token()}
    back = {"csrf_token": lead.token(), "note": "We found a gap."}
    sent, taken = at_once(
        lambda: one.post(f"{home}/send", data=token), lambda: lead.post(withdraw, data=back)
    )
    assert (sent.status_code in (303, 403), taken.status_code) == (True, 303)
    context, database = looking(own_app)
    with context, database as session:
        assert session.scalar(select(Case.state)) == WITHDRAWN
        states = session.scalars(select(Allocation.state)).all()
        assert states.count("sent") == (1 if sent.status_code == 303 else 0)
        assert list(changed_since_sealed(session)) == []
