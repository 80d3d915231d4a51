"""What awards hand to the factory."""

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

import review.award.following
import review.award.telling_below  # noqa: F401 - endorsement asks what awards say
from review.award import keeping, own, public, queries, reminding, team
from review.award.jobs import jobs
from review.award.levels import level_name, shown
from review.award.states import HAPPENED, WORDS
from review.rules import is_officer
from web.contributions import Contribution, Queue


def snippet(organisation: Any) -> str:
    """What a club copies into its own site: the picture, in both faces, leading to the page."""
    site = current_app.extensions["settings"].site_url
    page = site + url_for("award.page", slug=organisation.slug)
    picture = site + url_for("award.picture", slug=organisation.slug)
    words = _("Award of %(name)s", name=organisation.name)
    html = Markup(
        '<a href="{page}"><picture>'
        '<source media="(prefers-color-scheme: dark)" srcset="{picture}?face=dark">'
        '<img src="{picture}" width="280" height="80" alt="{words}"></picture></a>'
    )
    # Plain text from here: the page shows it to be copied, and escapes it once more.
    return str(html.format(page=page, picture=picture, words=words))


GLOBALS = {
    "award_happened": HAPPENED,
    "award_level": level_name,
    "award_shown": shown,
    "award_states": WORDS,
    "snippet": snippet,
}

contribution = Contribution(
    name="award",
    blueprints=(public.bp, own.bp, team.bp),
    jobs=jobs,
    queues=(Queue(_l("Awards to look at"), "awards.everything", is_officer, queries.to_look_at),),
    reminders=(reminding.reminders,),
    my_data=(keeping.my_data,),
    erasure=(keeping.erasure,),
    template_globals=GLOBALS,
    things={
        "award": _l("an award"),
        "award_event": _l("a step of an award"),
        "award_check": _l("a yearly check of an award"),
    },
)
