"""A record only makes things better, time only worse; the months are those of the calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.pathways import Module, Pathways, Role, Stage
from training.pathways.reading import read
from training.status import RANK, Kind, Record, Status, current_on, months_after, picture
from web.settings import ROOT

pytestmark = pytest.mark.once

PATHWAYS = read(ROOT / "content" / "pathways.toml")
DAY = date(2027, 3, 3)
ALL_ROLES = tuple(PATHWAYS.role_by_key)
DIVERSION = ("diversion-worker",)


def seen(*records, on=DAY, roles=DIVERSION, charters=(), pathways=PATHWAYS):
    return picture(pathways, roles, records, on, charters)


def status(code, *records, **more):
    return seen(*records, **more).modules[code].status


def done(code, on, **more):
    return Record(code, on, **more)


# Days


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 6, date(2026, 9, 30)),
        (date(2026, 12, 15), 36, date(2029, 12, 15)),
        (date(9990, 1, 1), 240, date.max),
    ],
)
def test_months_end_where_the_calendar_says(day, months, then):
    assert months_after(day, months) == then


def test_the_last_day_counts_and_the_next_one_does_not():
    first_aid = done("K4", date(2024, 2, 29))
    assert status("K4", first_aid, on=date(2027, 2, 28)) is Status.DUE
    assert status("K4", first_aid, on=date(2027, 3, 1)) is Status.EXPIRED


def test_it_is_due_sixty_days_before():
    first_aid, ends = done("K4", date(2024, 6, 30)), date(2027, 6, 30)
    assert status("K4", first_aid, on=ends - timedelta(days=61)) is Status.IN_DATE
    assert status("K4", first_aid, on=ends - timedelta(days=60)) is Status.DUE


# One module


def test_what_is_known_of_nothing():
    assert status("W2") is Status.NOT_STARTED
    assert status("M1") is Status.NOT_REQUIRED
    assert status("M1", done("M1", DAY)) is Status.IN_DATE


def test_an_update_that_is_booked_is_for_who_owes_it():
    booked = Record("W2", DAY + timedelta(days=9), Kind.UPDATE_BOOKED)
    assert status("W2", booked) is Status.NOT_STARTED
    a_year_ago, long_ago = done("W2", date(2026, 2, 1)), done("W2", date(2023, 2, 1))
    assert seen(a_year_ago).modules["W2"].update_by == date(2027, 2, 1)
    assert status("W2", a_year_ago, booked) is Status.BOOKED
    assert status("W2", long_ago, booked) is Status.EXPIRED  # the whole of it is owed
    assert seen(long_ago).modules["W2"].update_by is None


def test_a_booking_counts_until_its_day_has_passed():
    booked = Record("W2", DAY, Kind.BOOKED)
    assert status("W2", booked) is Status.BOOKED
    assert seen(booked).modules["W2"].booked_on == DAY
    assert status("W2", booked, on=DAY + timedelta(days=1)) is Status.NOT_STARTED


def test_what_nobody_checked_waits():
    waits = done("W2", DAY, checked=False)
    standing = seen(waits).modules["W2"]
    assert (standing.status, standing.counts) == (Status.AWAITING_CHECK, False)
    held = seen(waits, done("W2", DAY - timedelta(days=90))).modules["W2"]
    assert (held.status, held.waiting, held.until) == (
        Status.IN_DATE, True, months_after(DAY - timedelta(days=90), 12),
    )  # fmt: skip


def test_prior_learning_counts_when_somebody_recognised_it():
    asked = Record("K3", DAY, Kind.PRIOR, checked=False)
    assert status("K3", asked) is Status.AWAITING_CHECK
    assert status("K3", replace(asked, checked=True)) is Status.PRIOR_LEARNING


def test_a_yearly_update_keeps_it_in_date_and_no_longer_than_the_whole():
    basics = done("W2", date(2025, 1, 10))
    assert status("W2", basics, on=date(2026, 1, 11)) is Status.EXPIRED
    update = Record("W2", date(2026, 1, 5), Kind.UPDATE)
    standing = seen(basics, update, on=date(2026, 2, 1)).modules["W2"]
    assert (standing.until, standing.update_by) == (date(2027, 1, 5), date(2027, 1, 5))
    last = Record("W2", date(2027, 12, 1), Kind.UPDATE)
    standing = seen(basics, update, last, on=date(2027, 12, 31)).modules["W2"]
    assert (standing.status, standing.until) == (Status.DUE, date(2028, 1, 10))
    assert standing.update_by is None  # the whole of it is due


def test_an_update_without_the_module_is_nothing():
    assert status("W2", Record("W2", DAY, Kind.UPDATE)) is Status.NOT_STARTED


def test_after_a_new_charter_the_first_module_has_twelve_months():
    welcome, new = done("W1", date(2025, 5, 1)), date(2026, 9, 30)
    assert seen(welcome, on=date(2036, 1, 1)).modules["W1"].until is None
    standing = seen(welcome, on=DAY, charters=(date(2025, 1, 1), new)).modules["W1"]
    assert (standing.status, standing.until) == (Status.IN_DATE, date(2027, 9, 30))
    assert status("W1", welcome, on=date(2027, 10, 1), charters=(new,)) is Status.EXPIRED
    again = done("W1", date(2026, 10, 1))
    assert seen(welcome, again, charters=(new,)).modules["W1"].until is None


def test_a_qualification_never_runs_out():
    degree = done("L6", date(1980, 7, 1))
    standing = seen(degree, on=date(2090, 1, 1), roles=("professional",)).modules["L6"]
    assert (standing.status, standing.until) == (Status.IN_DATE, None)


# Renewing


def test_what_renews_another_renews_it_also_over_a_third():
    aware = done("K2", date(2020, 1, 1))
    assert status("K2", aware) is Status.EXPIRED
    skilled = seen(aware, done("Y1", date(2026, 6, 1))).modules["K2"]
    assert (skilled.status, skilled.until, skilled.renewed_by) == (
        Status.IN_DATE, date(2029, 6, 1), "Y1",
    )  # fmt: skip
    enhanced = seen(aware, done("S1", date(2026, 7, 1))).modules["K2"]
    assert (enhanced.until, enhanced.renewed_by) == (date(2029, 7, 1), "S1")


def test_nothing_is_renewed_that_was_never_there():
    assert status("K2", done("Y1", DAY)) is Status.NOT_STARTED
    assert status("K2", done("Y1", date(2026, 1, 1)), done("K2", date(2026, 5, 1))) is (
        Status.IN_DATE
    )


def test_the_update_of_what_renews_it_is_its_update_too():
    records = (done("W2", date(2025, 1, 1)), done("M1", date(2025, 6, 1)),
               Record("M1", date(2026, 5, 20), Kind.UPDATE))  # fmt: skip
    assert seen(*records).modules["W2"].until == date(2027, 5, 20)


# Stages, and what comes next


def everything(on=DAY):
    return [done(module.key, on) for module in PATHWAYS.modules]


def stage(found, key):
    return next(s for s in found.stages if s.stage.key == key)


def test_all_done_is_complete_and_ready():
    found = seen(*everything(), roles=ALL_ROLES)
    assert all(s.complete for s in found.stages)
    assert (found.ready, found.next) == (True, ())


def test_an_expired_prerequisite_reopens_the_stage_and_keeps_the_record():
    """W2 alone ran out: what needs it keeps its own date."""
    records = [r for r in everything() if r.module not in ("W2", "M1")]
    found = seen(*records, done("W2", date(2023, 1, 1)))
    later = found.modules["Y2"]
    assert (later.status, later.until, later.counts) == (
        Status.IN_DATE, months_after(DAY, 24), False,
    )  # fmt: skip
    assert later.missing_before == ("W2",)
    diversion = stage(found, "diversion")
    assert not diversion.complete
    assert [s.module.key for s in diversion.because] == ["W2"]
    assert not found.ready
    assert [s.module.key for s in found.next] == ["W2"]


def test_a_role_that_needs_a_part_of_a_stage_is_done_with_that_part():
    found = seen(done("W1", DAY), done("W2", DAY), done("M5", DAY), roles=("trustee",))
    welcome = stage(found, "welcome")
    assert (welcome.complete, welcome.asked_is_done, found.ready) == (False, True, True)


def test_what_is_next_stands_in_an_order_that_can_be_followed():
    order = [s.module.key for s in seen(roles=ALL_ROLES).next]
    for module in PATHWAYS.modules:
        if module.key in order:
            assert all(order.index(b) < order.index(module.key) for b in module.needs)
    assert order[:2] == ["W1", "W2"]


def test_what_is_only_due_comes_after_what_is_missing():
    found = seen(done("W2", months_after(DAY, -11)), roles=("trustee",))
    assert [s.module.key for s in found.next] == ["W1", "M5", "W2"]


def test_what_waits_for_somebody_else_is_not_next():
    assert "W2" not in [s.module.key for s in seen(done("W2", DAY, checked=False)).next]


def test_what_runs_out_first_stands_first():
    found = seen(done("K4", DAY), done("W4", DAY), done("K3", DAY))
    assert [s.module.key for s in found.running_out()] == ["W4", "K4"]


def test_roles_are_asked_together():
    required = PATHWAYS.required(("trustee", "volunteer"))
    assert required == PATHWAYS.asked_of("trustee") | PATHWAYS.asked_of("volunteer")
    assert PATHWAYS.required(("no-such-role",)) == frozenset()


def test_what_a_role_needs_brings_what_comes_before():
    far = Module(key="B", name="B", about=("b",), how="h", needs=("A",))
    near = Module(key="A", name="A", about=("a",), how="h", stage="s")
    made = Pathways(
        code="x", title="t", summary="s", language="en", modules=(far, near),
        stages=(Stage(key="s", name="S", for_whom="w", about="a"),),
        roles=(Role(key="r", name="R", about="a", modules=("B",)),),
    )  # fmt: skip
    assert made.asked_of("r") == {"A", "B"}
    assert [s.module.key for s in seen(roles=("r",), pathways=made).next] == ["A", "B"]


def test_a_side_route_asks_for_the_steps_before():
    young = [done(code, DAY) for code in ("W1", "W2", "R2")]
    assert not current_on(PATHWAYS, "young-assessor", seen(*young))
    assert current_on(PATHWAYS, "young-leader", seen(*young))
    assert current_on(PATHWAYS, "young-assessor", seen(*young, done("R1", DAY)))
    lapsed = seen(*young, done("R1", DAY), on=months_after(DAY, 25))
    assert not current_on(PATHWAYS, "young-assessor", lapsed)


# Properties

BOOKINGS = (Kind.BOOKED, Kind.UPDATE_BOOKED)
codes = st.sampled_from([*PATHWAYS.by_key, "GONE"])
days = st.dates(date(2018, 1, 1), date(2032, 12, 31))
records = st.builds(Record, codes, days, st.sampled_from(Kind), st.booleans())
many = st.lists(records, max_size=25)
some_roles = st.lists(st.sampled_from(ALL_ROLES), max_size=3)
charters = st.lists(days, max_size=3)


def no_worse(before, after):
    for key, standing in before.modules.items():
        now = after.modules[key]
        assert RANK[now.status] >= RANK[standing.status], key
        assert now.counts or not standing.counts, key
    for was, is_now in zip(before.stages, after.stages, strict=True):
        assert is_now.complete or not was.complete
    assert after.ready or not before.ready


@settings(max_examples=150, deadline=None)
@given(many, records, some_roles, days, charters)
def test_a_record_added_never_makes_anything_worse(had, added, roles, on, published):
    before = picture(PATHWAYS, roles, had, on, published)
    no_worse(before, picture(PATHWAYS, roles, [*had, added], on, published))


@settings(max_examples=150, deadline=None)
@given(many, some_roles, days, st.integers(1, 4000), charters)
def test_time_passing_never_makes_anything_better(had, roles, on, passed, published):
    """Of what is known on the first day: the future brings no record by itself."""
    known = [r for r in had if r.on <= on or r.kind in BOOKINGS]
    later = picture(PATHWAYS, roles, known, on + timedelta(days=passed), published)
    no_worse(later, picture(PATHWAYS, roles, known, on, published))


@settings(max_examples=100, deadline=None)
@given(many, some_roles, days, charters)
def test_a_check_never_makes_anything_worse(had, roles, on, published):
    checked = [replace(record, checked=True) for record in had]
    no_worse(
        picture(PATHWAYS, roles, had, on, published),
        picture(PATHWAYS, roles, checked, on, published),
    )


@settings(max_examples=100, deadline=None)
@given(many, some_roles, days, charters)
def test_the_picture_agrees_with_itself(had, roles, on, published):
    found = picture(PATHWAYS, roles, had, on, published)
    required = PATHWAYS.required(roles)
    assert {k for k, s in found.modules.items() if s.required} == required
    for standing in found.modules.values():
        assert standing.status is not Status.NOT_REQUIRED or not standing.required
        if standing.status.counts:
            assert standing.until is None or standing.until >= on
        for before in standing.module.needs:
            missing = not found.modules[before].status.counts
            assert (before in standing.missing_before) == missing
    for one in found.stages:
        needed = set().union(*(PATHWAYS.all_before[s.module.key] for s in one.modules))
        every = [*one.modules, *(found.modules[key] for key in needed)]
        assert one.complete == all(s.status.counts for s in every)
    open_ = {s.module.key for s in found.next}
    assert found.ready or open_ | {k for k, s in found.modules.items() if s.waiting}
