"""Two organisations become one, and it is undone."""

from datetime import timedelta

import pytest

from endorsement.assessing import actions as assessing
from endorsement.assessing import queries
from endorsement.keeping.joining_up import merging
from endorsement.models import Assessment, HelpOffer, ImprovementAction
from endorsement.plan import actions as planning
from tests.builders import accounts, people
from tests.builders import quality as build
from web import clock
from web.workflow import Refused


@pytest.fixture
def two(session, version):
    return (
        accounts.checked_organisation(session, name="Stays"),
        accounts.checked_organisation(session, name="Goes"),
    )


@pytest.fixture
def officer(session):
    return people.officer(session)


def stands(session):
    session.expire_all()
    return [
        sorted((row.id, row.organisation_id, str(over(row))) for row in session.query(model))
        for model in (Assessment, ImprovementAction, HelpOffer)
    ]


def over(row):
    return getattr(row, "ended_at", None) or getattr(row, "withdrawn_at", None)


def offers(session, organisation, words="Come by."):
    by = accounts.lead_of(organisation)
    planning.offer_help(session, organisation, "A1", words, by=by, at=clock.now())
    session.commit()


@pytest.mark.parametrize("both", [True, False])
def test_all_of_it_moves_and_one_stays_open(session, two, officer, both):
    stays, goes = two
    if both:
        own = build.rated(session, stays)
        offers(session, stays)
    theirs = build.rated(session, goes, {"A1": 1})
    offers(session, goes)
    before = stands(session)
    assert merging.obstacles(session, stays, goes) == []
    assert len(merging.preview(session, stays, goes)) == (2 if both else 1)
    memo = merging.merge(session, stays, goes, by=officer, at=clock.now())
    session.commit()
    session.expire_all()
    assert queries.open_assessment(session, stays).id == (own.id if both else theirs.id)
    assert queries.open_assessment(session, goes) is None
    assert {a.organisation_id for a in session.query(ImprovementAction)} == {stays.id}
    standing = [o for o in session.query(HelpOffer) if o.withdrawn_at is None]
    assert [o.organisation_id for o in standing] == [stays.id]
    merging.undo(session, stays, goes, memo, by=officer, at=clock.now())
    session.commit()
    assert stands(session) == before


def test_what_went_on_cannot_be_undone(session, two, officer):
    stays, goes = two
    build.rated(session, goes)
    memo = merging.merge(session, stays, goes, by=officer, at=clock.now())
    session.commit()
    clock.freeze(clock.now() + timedelta(hours=2))
    found = build.whole(session, queries.open_assessment(session, stays))
    lead = accounts.lead_of(stays)
    assessing.begin_next_year(session, found, found.framework_version, by=lead, at=clock.now())
    session.commit()
    with pytest.raises(Refused, match="went into its next year"):
        merging.undo(session, stays, goes, memo, by=officer, at=clock.now())


def test_two_without_any_say_nothing(session, two):
    assert merging.preview(session, *two) == []
