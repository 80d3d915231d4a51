"""What taking the record along adds to endorsement's contribution."""

from endorsement.record import documents
from endorsement.record.views import bp

blueprints = (bp,)
GLOBALS = {"summary_words": documents}

__all__ = ["GLOBALS", "blueprints"]
