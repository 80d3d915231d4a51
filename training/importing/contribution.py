"""What imports add to training's contribution."""

from training.importing.jobs import job
from training.importing.keeping import THINGS, erasure, merging, my_data, retention

__all__ = ["THINGS", "erasure", "job", "merging", "my_data", "retention"]
