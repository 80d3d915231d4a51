"""What the person's first page says about the self-assessment of each of their organisations."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import may_edit_organisation, role_in
from endorsement import progress
from endorsement.assessing import queries
from endorsement.plan import queries as plan_queries
from web import clock
from web.contributions import Panel


def quality_panels(
    session: Session, person: Any, organisations: Sequence[Organisation]
) -> Mapping[int, Panel]:
    """Two statements and the answers for all of them; nothing for whoever only looks after them."""
    own = [o for o in organisations if role_in(person, o) is not None]
    if not own:
        return {}
    found = queries.open_assessments(session, own)
    plans = plan_queries.open_counts(session, own, clock.today())
    return {o.id: _panel(person, o, found.get(o.id), plans.get(o.id, (0, 0))) for o in own}


def _panel(person: Any, organisation: Organisation, found: Any, plan: tuple[int, int]) -> Panel:
    edits = may_edit_organisation(person, organisation) is True
    return Panel(
        title=_("How good are we?"),
        sentence=_sentence(found, plan),
        link_text=_link(found, edits),
        endpoint="assessing.overview",
        values={"slug": organisation.slug},
    )


def _sentence(found: Any, plan: tuple[int, int]) -> str:
    if found is None:
        return _("Look at what you do, standard by standard, and plan what comes next.")
    rated, of = len(progress.ratings_of(found)), len(found.framework.on_track(found.track))
    said = _("You have looked at %(n)s of %(all)s standards.", n=rated, all=of)
    open_, late = plan
    if late:
        late_words = ngettext("%(num)d step is overdue.", "%(num)d steps are overdue.", late)
        return f"{said} {late_words}"
    if open_:
        open_words = ngettext("%(num)d step is open.", "%(num)d steps are open.", open_)
        return f"{said} {open_words}"
    return said


def _link(found: Any, edits: bool) -> str:
    if not edits:
        return _("Look at the self-assessment")
    if found is None:
        return _("Begin the self-assessment")
    return _("Go on with the self-assessment")
