"""Who may make which move of a case, and what must hold.  True, or a sentence saying why not.

Whether somebody may know of a case at all is the loaders' question (review.loading), and whether
a tie bars them is asked before every move (review.moves): neither needs to be asked again here.
"""

from typing import Any

from accounts import rules as accounts_rules
from review.parts import HAVE_A_PART, RECUSED, STANDING
from review.states import SECOND_APPEAL
from web.access import Verdict

PORTAL, CLOCK = "system:review", "system:clock"


# Who


def the_portal(by: Any, _case: Any = None) -> Verdict:
    return True if by == PORTAL else "This follows from something else."


def the_clock(by: Any, _case: Any = None) -> Verdict:
    return True if by == CLOCK else "This comes with the date. Nobody can do it by hand."


def portal_or_clock(by: Any, _case: Any = None) -> Verdict:
    return True if by in (PORTAL, CLOCK) else "This follows from something else."


def _has(person: Any, *roles: str) -> bool:
    return not isinstance(person, str) and any(person.has_role(role) for role in roles)


def is_officer(person: Any, *_: object) -> Verdict:
    return True if _has(person, "officer") else "Only the Charter team can do this."


def is_assessor(person: Any, *_: object) -> Verdict:
    if _has(person, "assessor", "lead assessor", "young assessor"):
        return True
    return "Only assessors can do this."


def is_young_assessor(person: Any, *_: object) -> Verdict:
    return True if _has(person, "young assessor") else "Only young assessors can do this."


def is_lead_assessor(person: Any, *_: object) -> Verdict:
    return True if _has(person, "lead assessor") else "Only a lead assessor can do this."


def is_member(person: Any, *_: object) -> Verdict:
    """Of the steering group, as a member or as a deputy."""
    return True if _has(person, "steering group") else "Only members of the panel can do this."


def is_chair(person: Any, *_: object) -> Verdict:
    """Or the deputy chair."""
    return True if _has(person, "chair") else "Only the chair can do this."


def is_safeguarding(person: Any, *_: object) -> Verdict:
    return True if _has(person, "safeguarding") else "Only the safeguarding leads can do this."


def leads_it(person: Any, case: Any) -> Verdict:
    """A lead of the organisation."""
    if isinstance(person, str):
        return accounts_rules.LEADS_ONLY
    return accounts_rules.may_lead_organisation(person, case.organisation)


def edits_it(person: Any, case: Any) -> Verdict:
    if isinstance(person, str):
        return accounts_rules.VIEWERS_LOOK
    return accounts_rules.may_edit_organisation(person, case.organisation)


def assesses_it(person: Any, case: Any) -> Verdict:
    """Somebody whose part in the case stands."""
    if not isinstance(person, str) and allocation_of(person, case) is not None:
        return True
    return "Only the assessors of this case can do this."


def assesses_it_as_adult(person: Any, case: Any) -> Verdict:
    mine = None if isinstance(person, str) else allocation_of(person, case)
    if mine is not None and mine.part == "adult":
        return True
    return "Only the adult assessors of this case can do this."


def moderates(person: Any, case: Any) -> Verdict:
    """A lead assessor who has not read this case."""
    verdict = is_lead_assessor(person)
    if verdict is True and any(a.person_id == person.id for a in case.allocations):
        return "You had a part in this case, so another lead assessor looks at it."
    return verdict


def allocation_of(person: Any, case: Any) -> Any:
    """The person's part in the case while it stands, or None.  Who is only proposed has none."""
    return next(
        (a for a in case.allocations if a.person_id == person.id and a.state in HAVE_A_PART), None
    )


# What must hold


def needed(case: Any) -> dict[str, int]:
    """How many assessors of each kind the level asks for."""
    young = case.framework.level_by_key[case.level].young_assessor
    return {"adult": 2, "young": 1 if young else 0}


def _parts(case: Any, *states: str) -> dict[str, int]:
    found = {"adult": 0, "young": 0}
    for allocation in case.allocations:
        if allocation.state in states:
            found[allocation.part] += 1
    return found


def enough_asked(case: Any) -> Verdict:
    found = _parts(case, *STANDING)
    if all(found[part] >= count for part, count in needed(case).items()):
        return True
    return "It needs two adult assessors, and a young assessor where the level asks for one."


def enough_accepted(case: Any) -> Verdict:
    found = _parts(case, "accepted", "sent")
    if all(found[part] >= count for part, count in needed(case).items()):
        return True
    return "Not all assessors have said yes."


def all_sent(case: Any) -> Verdict:
    found = _parts(case, "sent")
    if all(found[part] >= count for part, count in needed(case).items()):
        return True
    return "Not all readings are in."


def is_short_of_readings(case: Any) -> Verdict:
    """Somebody who read it turned out to have a tie, so too few readings are left."""
    if all_sent(case) is True:
        return "All readings are there."
    return True


def readings_count(case: Any) -> Verdict:
    """The first panel's decision stands on readings of people without a tie.  A second panel looks
    at what the first one had."""
    if stage_of(case) == ON_APPEAL or all_sent(case) is True:
        return True
    return (
        "An assessor turned out to have a tie, so their reading counts no more. Ask the chair to "
        "open the vote again: then others read it."
    )


def a_question_is_open(case: Any) -> Verdict:
    if any(q.closed_at is None for q in case.questions):
        return True
    return "No question is open."


def no_question_is_open(case: Any) -> Verdict:
    return True if a_question_is_open(case) is not True else "A question is still open."


def was_met(case: Any) -> Verdict:
    """Never papers alone: a call or drop-in, and a visit where the level asks for one; where a
    young assessor reads, young people are heard there.  What somebody wrote down who turned out to
    have a tie counts once another assessor has written it down."""
    tied = {a.person_id for a in case.allocations if a.state == RECUSED}
    done = [v for v in case.visits if v.done_at is not None and v.recorded_by_id not in tied]
    level = case.framework.level_by_key[case.level]
    if level.visit:
        done = [visit for visit in done if visit.kind == "visit"]
        if not done:
            return "This level needs a visit. Write down what you saw there."
    if not done:
        return "Have a call or drop in, and write down what you heard."
    if level.young_assessor and not any(visit.heard_young_people for visit in done):
        return "This level needs you to hear young people. Tick it where you did."
    return True


def report_is_whole(case: Any) -> Verdict:
    from review.report.rules import missing  # it asks this module who may write

    left = missing(case)
    return " ".join(left) if left else True


def facts_are_answered(case: Any) -> Verdict:
    points = case.report.fact_points if case.report else ()
    if any(point.sent_at is not None and point.answered_at is None for point in points):
        return "Some facts that the organisation wrote about are not answered."
    return True


def moderation_is_done(case: Any) -> Verdict:
    findings = case.report.findings if case.report else ()
    if any(f.looked_at_why and f.moderated_at is None for f in findings):
        return "Some standards are still to be looked at."
    return True


def may_go_on(case: Any) -> Verdict:
    """Not while a safeguarding flag is open; the sentence gives away nothing of it."""
    if any(flag.closed_at is None for flag in case.flags):
        return "This case has to wait a little. We tell you when it can go on."
    return True


def decision_stands(case: Any) -> Verdict:
    """The one that is staged; the database has seen to its quorum."""
    if any(d.undone_at is None and d.released_at is None for d in case.decisions):
        return True
    return "There is no decision yet."


# The panel, and what comes after its decision

FIRST, ON_APPEAL = 1, 2


def stage_of(case: Any) -> int:
    """Which panel votes, or voted last: the second one, once it was asked for."""
    second = case.state == SECOND_APPEAL or any(a.stage == ON_APPEAL for a in case.appeals)
    return ON_APPEAL if second else FIRST


def ballot_of(person: Any, case: Any) -> Any:
    """The person's right to vote on it, whether or not it still stands; or None."""
    stage = stage_of(case)
    mine = (b for b in case.ballots if b.person_id == person.id and b.stage == stage)
    return next(mine, None)


def leads_the_panel(person: Any, case: Any) -> Verdict:
    """The chair or the deputy chair, unless they stand aside.  They may have had a part in what a
    second panel looks at: then one of its adult members leads it."""
    if isinstance(person, str):
        return "Only the chair can do this."
    mine = ballot_of(person, case)
    if mine is not None and mine.standing != "open":
        return "You stand aside, so the other chair does this."
    if stage_of(case) == ON_APPEAL:
        if mine is not None and mine.constituency != "youth":
            return True
        if took_part(person, case):
            return "You had a part in what is looked at again, so others do this."
    return is_chair(person)


def took_part(person: Any, case: Any) -> bool:
    """Whether they read, moderated, voted or decided before: they hear no appeal."""
    return person.id in participants(case)


def participants(case: Any) -> set[int]:
    """Everybody with a part in what an appeal is about."""
    people = {a.person_id for a in case.allocations}
    people |= {b.person_id for b in case.ballots if b.stage == FIRST}
    for decision in case.decisions:
        if decision.stage == FIRST:
            people |= {decision.staged_by_id, decision.released_by_id, decision.undone_by_id}
    people |= {a.answered_by_id for a in case.appeals}
    if case.report is not None:
        people |= {case.report.sent_by_id, case.report.moderated_by_id}
        people |= {f.moderated_by_id for f in case.report.findings}
    return {one for one in people if one is not None}


def hears_appeal(person: Any, case: Any) -> Verdict:
    """A lead assessor with no part in it."""
    verdict = is_lead_assessor(person)
    if verdict is True and took_part(person, case):
        return "You had a part in this case, so another lead assessor hears the appeal."
    return verdict


def standing_decision(case: Any) -> Any:
    """The last one that was not undone, or None."""
    standing = [d for d in case.decisions if d.undone_at is None]
    return max(standing, key=lambda d: (d.stage, d.id), default=None)


def _staged_in(case: Any, stage: int) -> bool:
    decision = standing_decision(case)
    return decision is not None and decision.stage == stage


def the_first_panels(case: Any) -> Verdict:
    return True if _staged_in(case, FIRST) else "A second panel decided this."


def the_second_panels(case: Any) -> Verdict:
    return True if _staged_in(case, ON_APPEAL) else "The first panel decided this."


def _outcome_is(case: Any, outcome: str) -> Verdict:
    decision = standing_decision(case)
    if decision is not None and outcome_left(decision) == outcome:
        return True
    return "The decision was another one."


def outcome_left(decision: Any) -> str:
    """Conditions that are all met are none; one can come after the award, when an essential
    fell."""
    outcome: str = decision.outcome
    if outcome == "not yet":
        return outcome
    met = all(c.state in ("met", "dropped") for c in decision.conditions)
    return "endorsed" if met else "conditions"


def was_endorsed(case: Any) -> Verdict:
    return _outcome_is(case, "endorsed")


def was_with_conditions(case: Any) -> Verdict:
    return _outcome_is(case, "conditions")


def was_not_yet(case: Any) -> Verdict:
    return _outcome_is(case, "not yet")


def no_condition_is_open(case: Any) -> Verdict:
    decision = standing_decision(case)
    open_ = decision is None or any(c.state in ("open", "shown") for c in decision.conditions)
    return "A condition is still open." if open_ else True


def not_appealed_yet(case: Any) -> Verdict:
    if not case.appeals:
        return True
    return "You have asked once already. You can ask for a second panel."


def first_appeal_is_answered(case: Any) -> Verdict:
    """A second panel is for whom the first look did not help, and it is asked for once."""
    if any(a.stage == ON_APPEAL for a in case.appeals):
        return "A second panel was asked already. Its decision stands."
    if any(a.stage == FIRST and a.answered_at for a in case.appeals):
        return True
    return "Ask a lead assessor to look at it again first."
