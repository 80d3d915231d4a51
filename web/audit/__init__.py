"""Who did what, when, in a chain that shows when somebody tampered (docs/decisions/0005)."""

from web.audit.chain import SYSTEM, record
from web.audit.models import AuditEntry, AuditHead, AuditValue

__all__ = ["SYSTEM", "AuditEntry", "AuditHead", "AuditValue", "record"]
