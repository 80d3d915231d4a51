"""What the panel hands to the factory."""

import review.panel.asking
from web.contributions import Contribution

contribution = Contribution(name="panel")
__all__ = ["contribution", "review"]
