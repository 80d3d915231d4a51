"""The Training Pathways as content: what their file may say, and what it then is."""

from training.pathways.parts import (
    Module,
    Pathways,
    Retired,
    Role,
    Route,
    Stage,
    Step,
    Update,
)

__all__ = ["Module", "Pathways", "Retired", "Role", "Route", "Stage", "Step", "Update"]
