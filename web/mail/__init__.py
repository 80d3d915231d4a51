"""Mail as a transactional outbox (docs/decisions/0004)."""

from web.mail.models import OutboxMail
from web.mail.posting import post

__all__ = ["OutboxMail", "post"]
