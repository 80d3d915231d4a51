"""Cases, readings, reports, the panel, awards."""

from review.models.awards import Award, AwardCheck, AwardEvent
from review.models.cases import Case, CaseEvent
from review.models.closed import ClosedWeek
from review.models.flags import Flag
from review.models.outcome import Appeal, Condition, DecisionStandard
from review.models.panel import (
    Ballot,
    Decision,
    Meeting,
    MeetingItem,
    Presence,
    Vote,
)
from review.models.practice import PracticeReading, PracticeSitting
from review.models.reading import Allocation, Question, Reading
from review.models.reports import (
    FactPoint,
    Finding,
    FindingChange,
    Report,
    Visit,
    VisitSheet,
)

__all__ = [
    "Allocation",
    "Appeal",
    "Award",
    "AwardCheck",
    "AwardEvent",
    "Ballot",
    "Case",
    "CaseEvent",
    "ClosedWeek",
    "Condition",
    "Decision",
    "DecisionStandard",
    "FactPoint",
    "Finding",
    "FindingChange",
    "Flag",
    "Meeting",
    "MeetingItem",
    "PracticeReading",
    "PracticeSitting",
    "Presence",
    "Question",
    "Reading",
    "Report",
    "Visit",
    "VisitSheet",
    "Vote",
]
