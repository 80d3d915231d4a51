"""What buddy organisations add to training's contribution."""

from training.buddies.keeping import THINGS, merging, my_data
from training.buddies.panels import to_check
from training.buddies.views import bp, for_buddies

__all__ = ["THINGS", "blueprints", "merging", "my_data", "to_check"]

blueprints = (bp, for_buddies)
