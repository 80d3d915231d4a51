"""The pages of a worker's pledge: making one, one's own, what everybody sees."""

import charter.workers.views.desk
import charter.workers.views.making
import charter.workers.views.own
import charter.workers.views.public  # noqa: F401
from charter.workers.views.blueprint import bp

__all__ = ["bp"]
