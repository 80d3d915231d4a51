"""What is missing in the steering group, told before it stops a case.  No database."""

from datetime import date, timedelta
from types import SimpleNamespace

from steering import gaps
from steering.ties import FUNDER, RELATIVE, Bond

TODAY = date(2027, 3, 2)
FAR = TODAY + timedelta(days=400)
QUORUMS = {"agency": 1, "voluntary": 1, "youth": 1}


def term(person, part="member", ends=FAR, ended=None):
    began = TODAY - timedelta(days=100)
    return SimpleNamespace(
        person_id=person, part=part, began_on=began, ends_on=ends, ended_at=ended
    )


def seat(constituency, *terms):
    return SimpleNamespace(constituency=constituency, terms=terms)


def whole():
    """Every seat with its member and deputy, four of young people."""
    kinds = ["agency", "voluntary", *["youth"] * 4]
    return [seat(kind, term(2 * n + 1), term(2 * n + 2, "deputy")) for n, kind in enumerate(kinds)]


CHAIRS = [term(1, "chair"), term(3, "deputy chair")]


def found(seats=None, chairs=CHAIRS, assessors=(), bonds=(), quorums=QUORUMS):
    return gaps.gaps(
        whole() if seats is None else seats,
        chairs,
        assessors,
        bonds,
        today=TODAY,
        quorums=quorums,
        tie_years=3,
    )


def kinds(**more):
    return [gap.kind for gap in found(**more)]


def test_a_whole_group_has_no_gap():
    assert found() == []


def test_a_seat_without_a_deputy_and_one_without_anybody():
    seats = whole()
    seats[0].terms = seats[0].terms[:1]
    seats[1].terms = ()
    assert kinds(seats=seats) == [
        gaps.NO_MEMBER, gaps.NO_QUORUM, gaps.NO_DEPUTY, gaps.NO_DEPUTY,
    ]  # fmt: skip


def test_whoever_ended_or_is_over_holds_nothing():
    seats = whole()
    seats[0].terms = (term(1, ended=TODAY), term(2, "deputy", ends=TODAY - timedelta(days=1)))
    assert gaps.NO_QUORUM in kinds(seats=seats)


def test_the_chair_and_the_deputy():
    assert kinds(chairs=[]) == [gaps.NO_CHAIR, gaps.NO_DEPUTY_CHAIR]


def test_fewer_than_four_youth_seats():
    (gap,) = found(seats=whole()[:-1])
    assert (gap.kind, gap.count, gap.stops) == (gaps.FEW_YOUTH_SEATS, 3, False)


def test_what_ends_within_sixty_days_the_soonest_first():
    seats = whole()
    seats[0].terms = (term(1, ends=TODAY + timedelta(days=59)), term(2, "deputy"))
    chairs = [term(1, "chair", ends=TODAY + timedelta(days=20)), CHAIRS[1]]
    assessor = SimpleNamespace(ended_at=None, current_until=TODAY + timedelta(days=60))
    assert kinds(seats=seats, chairs=chairs, assessors=[assessor]) == [gaps.CHAIR_ENDS, gaps.ENDS]
    assessor.current_until -= timedelta(days=1)
    assert gaps.ASSESSOR_ENDS in kinds(assessors=[assessor])


def test_a_constituency_whose_people_are_all_tied_to_one_organisation():
    bonds = [Bond(1, 77, RELATIVE), Bond(2, 77, RELATIVE), Bond(1, 78, RELATIVE)]
    (gap,) = found(bonds=bonds)
    assert (gap.kind, gap.constituency, gap.organisation_id) == (gaps.TIED_QUORUM, "agency", 77)
    assert gap.stops
    assert kinds(bonds=bonds, quorums=QUORUMS | {"agency": 2}) == [gaps.TIED_QUORUM] * 2


def test_declared_funding_and_an_old_tie_bar_nobody():
    old = date(2024, 3, 1)
    bonds = [Bond(1, 77, FUNDER), Bond(2, 77, RELATIVE, old), Bond(1, 77, RELATIVE, old)]
    assert found(bonds=bonds) == []
