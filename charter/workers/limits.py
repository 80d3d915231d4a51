"""How often the form may be sent: counted in the database, by keyed digests gone within a day."""

from flask import current_app, request
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from web.limits import count_attempt, count_in_a_day

KIND = "worker's pledge"
HOUR, DAY = 3600, 86400


def try_once(address: str) -> None:
    """Count one try, or answer 429.  The same whether anybody has pledged with the address.

    A team signs together from one connection, so that limit is generous.  Commits: call it before
    anything is changed.
    """
    settings = current_app.extensions["settings"]
    here, there = f"from {request.remote_addr}", f"for {address.casefold()}"
    few_from_here = count_attempt(KIND, here, settings.worker_pledges_an_hour)
    if not count_in_a_day(KIND, there, settings.worker_mails_a_day):
        said = _(
            "Today we have sent as many emails to this address as we can."
            " Look for them in its mailbox and its junk folder, or try again tomorrow."
        )
        raise TooManyRequests(description=said, retry_after=DAY)
    if not few_from_here:
        said = _("Many pledges came from your connection. Wait an hour, then try again.")
        raise TooManyRequests(description=said, retry_after=HOUR)
