"""When what happens to a case: days after it was sent, within the clocks of the scheme."""

from functools import partial

from endorsement import example_file
from endorsement.example_file import ExampleAssessment
from review.example import before, steps, voting
from review.example.file import REACH, ExampleCase, read
from review.example.steps import Living
from web.example import County

DAYS = (
    ("allocated", ((3, steps.ask),)),
    ("desk", ((5, steps.accept), (8, steps.begin_to_read))),
    ("visit", ((12, steps.read_all), (13, steps.arrange))),
    ("report", ((17, steps.meet),)),
    ("fact check", ((21, steps.report),)),
    ("moderation", ((24, steps.agree_facts),)),
    ("panel", ((26, steps.moderate), (28, voting.some_vote))),
    ("staged", ((31, voting.all_vote), (33, voting.stage))),
    ("released", ((42, voting.release),)),
    ("appeal", ((60, voting.appeal),)),
    ("second appeal", ((80, voting.turn_down), (88, voting.appeal_again))),
)  # fmt: skip
"""By what is reached, what happens on which day."""


TURNS_AFTER = {"lapsed": "released"}
"""By a turning, the step it comes after."""
LAPSES = 180
"""Days after it was sent: its condition ran for five months from the report."""


def plan(county: County) -> None:
    """Put the cases into the county's life."""
    told = read()
    clubs = {living.club.name: living for living in county.things["clubs"]}
    written = {one.club: one for one in example_file.read().assessments}
    county.things["case words"] = steps.Words(told)
    for one in told.cases:
        living, sent = clubs[one.club], _sent(one, written[one.club])
        if one.year == "before":
            county.plan(sent, partial(before.send, county, living), hour=22)
        _plan_one(county, Living(one, living), sent)


def _sent(one: ExampleCase, written: ExampleAssessment) -> int:
    """Days ago."""
    days = written.sent
    if one.year == "before":
        days = written.earlier.sent if written.earlier else None
    if days is None:
        raise RuntimeError(f"{one.club} was never sent in that year")
    return days


def _plan_one(county: County, case: Living, sent: int) -> None:
    until = REACH.index(TURNS_AFTER.get(case.told.reach, case.told.reach))
    for reached, happenings in DAYS:
        if REACH.index(reached) > until:
            break
        for day, do in happenings:
            if day > sent:
                raise RuntimeError(f"{case.told.club} was sent too late to reach {reached}")
            county.plan(sent - day, partial(do, county, case), hour=14)
    if case.told.reach == "lapsed":
        county.plan(sent - LAPSES, partial(voting.lapse, county, case), hour=16)
    if case.told.worry:
        county.plan(sent - 10, partial(steps.worry, county, case), hour=17)
    if case.told.asked is not None:
        county.plan(sent - 7, partial(steps.ask_question, county, case), hour=16)
        if case.told.reach != "question":
            county.plan(sent - 9, partial(steps.answer_question, county, case), hour=16)
