"""A case that is being read by two adults and a young assessor."""

import pytest

from endorsement.sending.snapshot import Declared
from review.states import DESK
from tests.builders import charter as pledges
from tests.builders import evidence, sending
from tests.builders import review as build
from tests.web.files import making

YOUNG = Declared("Joan Price", "Chair", "excellent")


@pytest.fixture
def case(session, group):
    """With a picture that young assessors may see, and words that they may not."""
    made = sending.ready(session)
    club = made.organisation
    evidence.file(
        session, club, making.picture(), "Hall.png", standards=("B1",), youth_may_see=True
    )
    evidence.item(session, club, "Who was hurt", standards=("A1", "B1"))
    submission = sending.sent(session, made, declared=YOUNG)
    return build.case_at(session, group, DESK, submission)


@pytest.fixture
def parts(case):
    """One adult's, the other's, the young assessor's."""
    adults = [a for a in case.allocations if a.part == "adult"]
    return (*adults, next(a for a in case.allocations if a.part == "young"))


@pytest.fixture
def lead(case):
    return pledges.lead_of(case.organisation)


@pytest.fixture
def desk(app, case, parts):
    """The first adult's browser, and where it reads."""
    client = app.test_client()
    client.sign_in(parts[0].person)
    return client


@pytest.fixture
def home(case):
    return f"/assess/{case.reference}"
