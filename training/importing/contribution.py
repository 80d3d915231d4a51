"""What imports add to training's contribution."""

from training.importing.jobs import job
from training.importing.keeping import THINGS, erasure, merging, my_data, retention
from training.importing.states import FATE_WORDS, STATE_WORDS
from training.importing.views import bp

WORDING = {"import_states": STATE_WORDS, "import_fates": FATE_WORDS}

__all__ = ["THINGS", "WORDING", "bp", "erasure", "job", "merging", "my_data", "retention"]
