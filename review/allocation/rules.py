"""Who may be given a case, what may become of their part, and when it is late.  Plain Python."""

from datetime import date
from typing import Any

from review.parts import ACCEPTED, ASKED, HAVE_A_PART, PROPOSED, SENT
from review.rules import needed
from review.states import BEFORE_READING, DESK, QUESTION, READING
from web import working_days
from web.access import Verdict
from web.scheme import Scheme

LOOKED_FOR = (*BEFORE_READING, *READING)
"""The states in which somebody can be given the case."""

EVERYBODYS = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.co.uk",
        "live.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com",
        "sky.com", "people.example", "proton.me", "protonmail.com", "msn.com",
    }
)  # fmt: skip
"""Domains that say nothing of where somebody works."""

TIED = "They have a tie to this organisation."
ASKED_TO_VOTE = "They were asked to vote on this case."
HAS_A_PART = "They have a part in this case already."
HAD_A_PART = "They had a part in this case, which is over."
FULL = "They hold as many open cases as they can."
NOT_ASKED = "You were not asked to read this, or somebody else was asked meanwhile."
SENT_STAYS = "They have sent their reading, so it stays. If they have a tie, say so."


def still_needed(case: Any) -> dict[str, int]:
    """How many the case still looks for, by kind."""
    standing = [a for a in case.allocations if a.state in (PROPOSED, *HAVE_A_PART)]
    return {
        kind: max(0, count - sum(a.part == kind for a in standing))
        for kind, count in needed(case).items()
    }


def is_short(case: Any) -> bool:
    """Too few have said yes or can still say it."""
    return any(still_needed(case).values())


def is_to_be_asked(case: Any) -> bool:
    """Somebody is proposed, and nobody is missing."""
    return not is_short(case) and any(a.state == PROPOSED for a in case.allocations)


def may_be_given(case: Any, person_id: int, *, tied: bool, room: int) -> Verdict:
    """To this person, whatever their kind."""
    mine = [a for a in case.allocations if a.person_id == person_id]
    if tied:
        return TIED
    if any(b.person_id == person_id for b in case.ballots):
        return ASKED_TO_VOTE
    if any(a.state in (PROPOSED, *HAVE_A_PART) for a in mine):
        return HAS_A_PART
    if mine:
        return HAD_A_PART
    return True if room > 0 else FULL


def takes_parts(case: Any) -> Verdict:
    if case.state in LOOKED_FOR:
        return True
    return "The readings are in, so nobody new can be given this case."


def may_take_out(allocation: Any) -> Verdict:
    if allocation.state == SENT:
        return SENT_STAYS
    if allocation.state in (PROPOSED, ASKED, ACCEPTED):
        return True
    return "Their part in this case is over already."


def may_answer(allocation: Any) -> Verdict:
    if allocation.state == ASKED:
        return True
    if allocation.state in (ACCEPTED, SENT):
        return "You have said yes already."
    return NOT_ASKED


# Late


def reading_due(allocation: Any) -> date | None:
    """The last day for a reading that is not sent; none while the case's clock stands still."""
    case = allocation.case
    if allocation.state != ACCEPTED or case.stopped_on or case.state == QUESTION:
        return None
    if case.state == DESK and case.due_on and allocation.due_on:
        return max(case.due_on, allocation.due_on)
    found: date | None = allocation.due_on
    return found


def is_late(allocation: Any, day: date) -> bool:
    due = reading_due(allocation)
    return due is not None and day > due


def is_replaced_on(allocation: Any, scheme: Scheme) -> date | None:
    """The first day on which somebody else is looked for."""
    due = reading_due(allocation)
    if due is None:
        return None
    days = scheme.clocks.endorsement.assessor_late_working_days
    return working_days.after(due, days, scheme.closed)


def is_too_late(allocation: Any, day: date, scheme: Scheme) -> bool:
    gone = is_replaced_on(allocation, scheme)
    return gone is not None and day > gone


def same_domain(domain: str, others: set[str]) -> bool:
    """A prompt to ask them, never a bar."""
    return domain not in EVERYBODYS and domain in others
