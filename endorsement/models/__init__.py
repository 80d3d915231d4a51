"""The framework, self-assessments, the plan."""

from endorsement.models.assessments import (
    ENDED,
    KEPT,
    SENT,
    TEXTS,
    Answer,
    AnswerChange,
    Assessment,
    QualityPoint,
)
from endorsement.models.plan import HelpOffer, ImprovementAction
from endorsement.models.versions import FrameworkVersion

__all__ = [
    "ENDED",
    "KEPT",
    "SENT",
    "TEXTS",
    "Answer",
    "AnswerChange",
    "Assessment",
    "FrameworkVersion",
    "HelpOffer",
    "ImprovementAction",
    "QualityPoint",
]
