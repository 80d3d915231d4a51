"""A published version of the framework never changes: not a word, and none is taken away."""

from endorsement.models import FrameworkVersion
from web.unchanging import keep

keep(FrameworkVersion)
