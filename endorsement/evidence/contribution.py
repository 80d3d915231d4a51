"""What evidence adds to endorsement's contribution."""

from urllib.parse import urlsplit

from endorsement.evidence import file_views, rules, views
from endorsement.evidence.joining_up import merging
from endorsement.evidence.reminding import reminders


def _host(address: str) -> str:
    """As it is reached: a name in another script stands in its plain form, which cannot deceive."""
    return urlsplit(address).hostname or ""


blueprints = (views.bp, file_views.bp)
wording = {"evidence_rules": rules, "evidence_host": _host}

__all__ = ["blueprints", "merging", "reminders", "wording"]
