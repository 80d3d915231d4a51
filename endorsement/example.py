"""The self-assessments of the example county, in every stage, through the real actions."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from accounts.example import LivingClub, example_person
from accounts.models import Organisation, Person
from endorsement import example_file, versions
from endorsement.assessing import actions, queries
from endorsement.example_file import ExampleAssessment, OwnAction, Pool
from endorsement.framework import Standard
from endorsement.models import Assessment, FrameworkVersion
from endorsement.plan import actions as planning
from endorsement.plan.queries import actions_for
from web.example import County

EVENINGS = 3
"""An assessment is written in so many."""
AHEAD = (21, 35, 56, 84)
"""Days in which drawn actions are to be done."""
OLD_ENOUGH = 40
"""Days after which somebody has kept a day's ratings."""


@dataclass
class Drawing:
    """Takes from the pools in turn, so that two clubs seldom say the same."""

    pools: dict[str, Pool]
    given: Counter[tuple[str, str]] = field(default_factory=Counter)

    def one(self, key: str, kind: str, things: tuple[Any, ...]) -> Any:
        place = list(self.pools).index(key) + self.given[key, kind]
        self.given[key, kind] += 1
        return things[place % len(things)]

    def text(self, key: str, kind: str, things: tuple[str, ...], *, gaps: bool = False) -> str:
        """Every third one is empty where there may be gaps."""
        said: str = self.one(key, kind, (*things, "") if gaps else things)
        return said


@dataclass
class Year:
    """One club's year: when it was written, and what."""

    told: ExampleAssessment
    living: LivingClub
    began: int
    until: int
    """Days ago: sent, or the county's day."""
    ratings: dict[str, int | None]
    before: dict[str, int | None] = field(default_factory=dict)
    """The ratings of the year before."""
    last: bool = True

    @property
    def gap(self) -> int:
        """Days from evening to evening, with one left at the end."""
        return max(1, (self.began - self.until) // (EVENINGS + 1))

    @property
    def risen(self) -> set[str]:
        """Standards whose action was done in this year: they were a point lower first."""
        return set(self.told.done) if self.last and not self.before else set()

    def owes(self, key: str) -> bool:
        """Whether an action is owed for it, or will have been done for it."""
        will_be_done = key in self.told.done and not (self.last and self.before)
        return self.ratings[key] in (0, 1) or will_be_done

    def grown(self) -> list[str]:
        """Standards whose action was done since the year before."""
        low = {key for key, rating in self.before.items() if rating in (0, 1)}
        better = {key for key in low if (self.ratings.get(key) or 0) > 1}
        return [key for key in self.before if key in better | set(self.told.done)]


def plan(county: County) -> None:
    """Put the self-assessments, the plans and the offers into the county's life."""
    told = example_file.read()
    county.things |= {"drawing": Drawing(told.pool), "notes": told.notes}
    clubs = {living.club.name: living for living in county.things["clubs"]}
    version = _version(county)
    for one in told.assessments:
        keys = tuple(standard.key for standard in version.framework.on_track(one.track))
        for year in _years(one, clubs[one.club], keys):
            _plan_year(county, year)


def _years(one: ExampleAssessment, living: LivingClub, keys: tuple[str, ...]) -> list[Year]:
    ratings = example_file.rated(one.ratings, keys)
    this = Year(one, living, one.began, one.sent or 0, ratings)
    if one.earlier is None:
        return [this]
    before = example_file.rated(one.earlier.ratings, keys)
    until = one.earlier.sent or one.began + 30
    this.before = before
    return [Year(one, living, one.earlier.began, until, before, last=False), this]


def _plan_year(county: County, year: Year) -> None:
    if year.before:
        county.plan(year.began + 5, partial(_finish, county, year, year.grown()), hour=20)
    county.plan(year.began, partial(_begin, county, year), hour=18)
    keys = list(year.ratings)
    size = -(-len(keys) // EVENINGS)
    for number, first in enumerate(range(0, len(keys), size)):
        chosen = keys[first : first + size]
        county.plan(
            year.began - number * year.gap,
            partial(_evening, county, year, chosen, number),
            hour=19,
        )
    after = max(year.until, year.began - EVENINGS * year.gap)
    if year.risen:
        county.plan(after, partial(_rise, county, year), hour=20)
    if year.told.offers and year.last:
        county.plan(after, partial(_offer, county, year), hour=20)
    if year.began >= OLD_ENOUGH and not (year.last and year.told.sent):  # sending keeps them
        county.plan(year.until, partial(_keep, county, year), hour=21)


def _begin(county: County, year: Year, at: datetime) -> None:
    version, organisation = _version(county), _organisation(year)
    by = _lead(year)
    standing = queries.open_assessment(county.session, organisation)
    if standing is not None:
        actions.begin_next_year(county.session, standing, version, by=by, at=at)
        return
    actions.begin(
        county.session,
        organisation,
        version,
        track=year.told.track,
        four_tuesdays=year.told.four_tuesdays,
        by=by,
        at=at,
    )


def _evening(county: County, year: Year, keys: list[str], number: int, at: datetime) -> None:
    """What they say of some standards, by the lead or, every other evening, by an editor."""
    writers = [_lead(year), *(year.living.team[name] for name in year.living.club.editors)]
    by, assessment = writers[number % len(writers)], _assessment(county, year)
    for key in keys:
        rating = year.ratings[key]
        lower = rating is not None and key in year.risen
        first = rating - 1 if rating and lower else rating
        _write(county, year, assessment, key, first, by=by, at=at)
        _plan_actions(county, year, key, by, at)


def _write(
    county: County,
    year: Year,
    assessment: Assessment,
    key: str,
    rating: int | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    standard = assessment.framework.by_key[key]
    said = _said(county.things["drawing"], year, standard, rating)
    actions.write(county.session, assessment, standard, said, by=by, at=at)


def _said(drawing: Drawing, year: Year, standard: Standard, rating: int | None) -> actions.Said:
    """By hand where the file has it for this rating, or drawn."""
    key, told = standard.key, year.told
    own = told.own.get(key) if year.last and rating == year.ratings[key] else None
    at_visit = year.last and key in told.visit
    if own is not None:
        words = {"reason": own.reason, "shown_by": own.shown, "voices": own.voices}
        return actions.Said(rating, rating is None, at_visit=at_visit, **words)
    if rating is None:
        raise RuntimeError(f"{told.club} owes a reason for {key}")
    pool, low = drawing.pools[key], rating < 2
    return actions.Said(
        rating=rating,
        reason=drawing.text(key, f"reason {rating}", pool.reasons(rating)),
        shown_by="" if low else drawing.text(key, "shown", pool.shown),
        at_visit=at_visit,
        voices=drawing.text(
            key, f"voices {low}", pool.voices_low if low else pool.voices, gaps=True
        ),
    )


def _plan_actions(county: County, year: Year, key: str, by: Person, at: datetime) -> None:
    """Those written by hand; or one from the pool where an action is owed or will be done."""
    written = [action for action in year.told.actions if action.standard == key and year.last]
    for action in written:
        _add(county, year, _by_hand(county, action), key, by, at)
    if written or not year.owes(key):
        return
    standing = actions_for(county.session, _organisation(year), key)
    if planning.first_open(standing) is None:
        _add(county, year, _drawn(county, year, key, at), key, by, at)


def _by_hand(county: County, action: OwnAction) -> planning.Planned:
    on = county.as_of.date() + timedelta(days=action.by)
    return planning.Planned(action.what, action.who, on, action.young_people)


def _drawn(county: County, year: Year, key: str, at: datetime) -> planning.Planned:
    drawing: Drawing = county.things["drawing"]
    action = drawing.one(key, "action", drawing.pools[key].actions)
    on = county.as_of.date() + timedelta(days=drawing.one(key, "ahead", AHEAD))
    if key in year.told.late:
        on -= (county.as_of.date() - at.date()) // 3 + (on - county.as_of.date())
    who = action.who.format(lead=year.living.club.lead.split()[0])
    return planning.Planned(action.what, who, on, action.young_people)


def _add(
    county: County, year: Year, planned: planning.Planned, key: str, by: Person, at: datetime
) -> None:
    planning.add(county.session, _organisation(year), key, planned, by=by, at=at)


def _finish(county: County, year: Year, keys: list[str], at: datetime) -> None:
    drawing: Drawing = county.things["drawing"]
    for key in keys:
        for action in actions_for(county.session, _organisation(year), key):
            if action.open:
                note = drawing.one("A1", "note", county.things["notes"])
                planning.finish(
                    county.session, action, on=at.date(), note=note, by=_lead(year), at=at
                )


def _rise(county: County, year: Year, at: datetime) -> None:
    """What was planned is done, and so the rating goes up."""
    _finish(county, year, sorted(year.risen), at)
    assessment, by = _assessment(county, year), _lead(year)
    for key in sorted(year.risen):
        _write(county, year, assessment, key, year.ratings[key], by=by, at=at)


def _offer(county: County, year: Year, at: datetime) -> None:
    for key, words in year.told.offers.items():
        planning.offer_help(county.session, _organisation(year), key, words, by=_lead(year), at=at)


def _keep(county: County, year: Year, at: datetime) -> None:
    actions.keep_point(county.session, _assessment(county, year), by=_lead(year), at=at)


def _version(county: County) -> FrameworkVersion:
    found = versions.newest(county.session)
    if found is None:
        raise RuntimeError("the framework comes first")
    return found


def _assessment(county: County, year: Year) -> Assessment:
    found = queries.open_assessment(county.session, _organisation(year))
    if found is None:
        raise RuntimeError(f"{year.told.club} has not begun")
    return found


def _organisation(year: Year) -> Organisation:
    if year.living.organisation is None:
        raise RuntimeError(f"{year.told.club} was not founded yet")
    return year.living.organisation


def _lead(year: Year) -> Person:
    return year.living.team[year.living.club.lead]


CAST = (
    example_person(
        "assessing",
        "Lead with a self-assessment",
        "a lead with a self-assessment",
        "Rosa has said how Wheelhouse Bikes is doing. It is ready to be sent.",
        "Rosa Lind",
    ),
    example_person(
        "evenings",
        "Lead of a small group",
        "the lead of a small group",
        "Pat’s café is half way through its four Tuesdays.",
        "Pat Doyle",
    ),
)
