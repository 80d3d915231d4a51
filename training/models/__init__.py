"""Training's tables."""

from training.models.practitioners import Practitioner, PractitionerRole, ShownModule
from training.models.records import TrainingRecord, TrainingRecordEvent
from training.models.sessions import (
    TrainingBooking,
    TrainingBookingEvent,
    TrainingSession,
    TrainingSessionEvent,
)
from training.models.versions import PathwayVersion

__all__ = [
    "PathwayVersion",
    "Practitioner",
    "PractitionerRole",
    "ShownModule",
    "TrainingBooking",
    "TrainingBookingEvent",
    "TrainingRecord",
    "TrainingRecordEvent",
    "TrainingSession",
    "TrainingSessionEvent",
]
