"""Who may make which move of a case, and what must hold.  True, or a sentence saying why not.

Whether somebody may know of a case at all is the loaders' question (review.loading), and whether
a tie bars them is asked before every move (review.moves): neither needs to be asked again here.
"""

from typing import Any

from accounts import rules as accounts_rules
from review.parts import STANDING
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
    """The person's part in the case while it stands, or None."""
    return next(
        (a for a in case.allocations if a.person_id == person.id and a.state in STANDING), None
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
    found = _parts(case, "proposed", "asked", "accepted")
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


def a_question_is_open(case: Any) -> Verdict:
    if any(q.closed_at is None for q in case.questions):
        return True
    return "No question is open."


def no_question_is_open(case: Any) -> Verdict:
    return True if a_question_is_open(case) is not True else "A question is still open."


def was_met(case: Any) -> Verdict:
    """Never papers alone: a call or drop-in, and a visit where the level asks for one; where a
    young assessor reads, young people are heard there."""
    done = [visit for visit in case.visits if visit.done_at is not None]
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
    report = case.report
    if report is None or not report.summary.strip():
        return "Write a summary."
    settled = {f.standard for f in report.findings if f.rating is not None or f.does_not_apply}
    left = [s.name for s in case.standards if s.key not in settled]
    if left:
        return f"Say what you found for: {', '.join(left)}."
    return True


def facts_are_answered(case: Any) -> Verdict:
    points = case.report.fact_points if case.report else ()
    if any(point.answered_at is None for point in points):
        return "Some facts that the organisation wrote about are not answered."
    return True


def moderation_is_done(case: Any) -> Verdict:
    findings = case.report.findings if case.report else ()
    if any(f.looked_at_why and f.moderated_at is None for f in findings):
        return "Some standards are still to be looked at."
    return True


def decision_stands(case: Any) -> Verdict:
    """The one that is staged; the database has seen to its quorum."""
    if any(d.undone_at is None and d.released_at is None for d in case.decisions):
        return True
    return "There is no decision yet."
