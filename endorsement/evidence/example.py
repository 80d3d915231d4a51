"""The example county's evidence: words, pages of the clubs, and what is shown at a visit."""

from datetime import datetime, timedelta
from functools import partial

from accounts.example import LivingClub
from endorsement import example_file
from endorsement.evidence import actions, contents
from endorsement.example_file import ExampleAssessment, ExampleEvidence
from web.example import County
from web.folding import slug

HAVE_EVIDENCE = ("ready", "sent")
EACH = 6
"""Items of one club: a little is enough."""


def plan(county: County) -> None:
    """Every club that is ready or has sent takes some items, each beginning at another."""
    told = example_file.read()
    clubs = {living.club.name: living for living in county.things["clubs"]}
    those = [one for one in told.assessments if one.stage in HAVE_EVIDENCE]
    for number, one in enumerate(those):
        items = [told.evidence[(number + n) % len(told.evidence)] for n in range(EACH)]
        county.plan(_day(one), partial(_add, county, clubs[one.club], items), hour=17)


def _day(one: ExampleAssessment) -> int:
    """Days ago, half way between the beginning and the sending."""
    return (one.began + (one.sent or 0) + 1) // 2


def _add(county: County, living: LivingClub, items: list[ExampleEvidence], at: datetime) -> None:
    if living.organisation is None:
        raise RuntimeError(f"{living.club.name} was not founded yet")
    for item in items:
        described = _described(county, item)
        content = _content(living, item)
        by = living.team[living.club.lead]
        actions.add(county.session, living.organisation, described, content, by=by, at=at)


def _described(county: County, item: ExampleEvidence) -> actions.Described:
    today = county.as_of.date()
    review = None if item.review is None else today + timedelta(days=item.review)
    return actions.Described(item.title, item.shows, item.standards, review, item.youth)


def _content(living: LivingClub, item: ExampleEvidence) -> contents.Content:
    if item.words:
        return contents.words(item.words)
    if item.page:
        return contents.link(f"https://{slug(living.club.name)}.example/{item.page}")
    return contents.at_visit()
