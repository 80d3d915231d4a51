"""Training's tables."""

from training.models.buddies import TrainingBuddy
from training.models.drafts import PathwayApproval, PathwayDraft, PathwayDraftEvent
from training.models.imports import TrainingImport, TrainingImportRow
from training.models.open_badges import SentBadge
from training.models.passport import PassportLink, PassportVisit
from training.models.practitioners import (
    Practitioner,
    PractitionerProject,
    PractitionerRole,
    ShownModule,
)
from training.models.records import TrainingRecord, TrainingRecordEvent
from training.models.sessions import (
    TrainingBooking,
    TrainingBookingEvent,
    TrainingSession,
    TrainingSessionEvent,
)
from training.models.versions import PathwayVersion
from training.models.xapi import (
    LearningActivity,
    LearningActor,
    LearningPlatform,
    LearningStatement,
)

__all__ = [
    "LearningActivity",
    "LearningActor",
    "LearningPlatform",
    "LearningStatement",
    "PassportLink",
    "PassportVisit",
    "PathwayApproval",
    "PathwayDraft",
    "PathwayDraftEvent",
    "PathwayVersion",
    "Practitioner",
    "PractitionerProject",
    "PractitionerRole",
    "SentBadge",
    "ShownModule",
    "TrainingBooking",
    "TrainingBookingEvent",
    "TrainingBuddy",
    "TrainingImport",
    "TrainingImportRow",
    "TrainingRecord",
    "TrainingRecordEvent",
    "TrainingSession",
    "TrainingSessionEvent",
]
