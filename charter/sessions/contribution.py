"""What charter sessions add to the charter's contribution."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from accounts.models import Organisation
from charter.models import CharterSession
from charter.rules import is_officer
from charter.sessions import desk, example, queries, views
from charter.sessions.forms import WHERE
from charter.sessions.keeping import erasure, merging, my_data, retention
from charter.sessions.panels import session_panels
from charter.sessions.reminders import session_reminders
from charter.sessions.states import HAPPENED, WORDS
from web.contributions import ExamplePart, Queue
from web.database import db

blueprints = (views.bp, desk.bp)
queue = Queue(_l("Charter sessions"), "session_desk.queue", is_officer, queries.waiting)
example_part = ExamplePart(30, example.plan)


def _newest(organisation: Organisation) -> CharterSession | None:
    """For the pages of a pledge, which show how its organisation's session stands."""
    return queries.newest(db(), organisation)


WORDING = {
    "charter_session_of": _newest,
    "moment_of": datetime.fromisoformat,
    "session_happened": HAPPENED,
    "session_places": WHERE,
    "session_states": WORDS,
}

__all__ = [
    "WORDING",
    "blueprints",
    "erasure",
    "example_part",
    "merging",
    "my_data",
    "queue",
    "retention",
    "session_panels",
    "session_reminders",
]
