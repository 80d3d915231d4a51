"""The framework, self-assessments, the plan, what was sent."""

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
from endorsement.models.drafts import (
    FrameworkApproval,
    FrameworkDraft,
    FrameworkDraftEvent,
)
from endorsement.models.evidence import (
    EvidenceItem,
    EvidenceLink,
    EvidenceVersion,
)
from endorsement.models.falls import EssentialFall
from endorsement.models.plan import HelpOffer, ImprovementAction
from endorsement.models.submissions import Submission, SubmissionEvent, SubmissionItem
from endorsement.models.versions import FrameworkVersion

__all__ = [
    "ENDED",
    "KEPT",
    "SENT",
    "TEXTS",
    "Answer",
    "AnswerChange",
    "Assessment",
    "EssentialFall",
    "EvidenceItem",
    "EvidenceLink",
    "EvidenceVersion",
    "FrameworkApproval",
    "FrameworkDraft",
    "FrameworkDraftEvent",
    "FrameworkVersion",
    "HelpOffer",
    "ImprovementAction",
    "QualityPoint",
    "Submission",
    "SubmissionEvent",
    "SubmissionItem",
]
