"""A published version of the pathways never changes: not a word, and none is taken away.

What happened to a record does not change either, except that a note's words may be taken away; it
goes with its record.
"""

from training.models import PathwayVersion, TrainingRecordEvent
from web.unchanging import keep

keep(PathwayVersion)
keep(TrainingRecordEvent, emptied={"note": ""}, stays=False)
