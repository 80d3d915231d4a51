"""What badges hand to training's contribution."""

from training.badges.jobs import jobs
from training.badges.keeping import my_data
from training.badges.views import bp

__all__ = ["bp", "jobs", "my_data"]
