"""The Quality Endorsement Framework as content: what its file may say, and what it then is."""

from endorsement.framework.parts import (
    PAGES,
    After,
    Area,
    Award,
    Framework,
    Level,
    LevelRule,
    Point,
    Retired,
    Standard,
    Template,
    Track,
    TrainingBar,
)

__all__ = [
    "PAGES",
    "After",
    "Area",
    "Award",
    "Framework",
    "Level",
    "LevelRule",
    "Point",
    "Retired",
    "Standard",
    "Template",
    "Track",
    "TrainingBar",
]
