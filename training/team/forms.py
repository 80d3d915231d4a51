"""Which of the team one wants to see."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from accounts.models import Project
from training.pathways import Pathways
from training.team.looking import LOOKS
from web.forms import QueryForm


class TeamQuery(QueryForm):
    role = SelectField(_l("What they do"), validate_choice=False)
    status = SelectField(_l("How it stands"), validate_choice=False)

    project = SelectField(_l("Project"), validate_choice=False)

    def __init__(self, pathways: Pathways, projects: Iterable[Project], **more: Any):
        super().__init__(**more)
        named = [(p.slug, p.name) for p in projects if not p.closed]
        self.project.choices = [("", _("All projects")), *named] if named else []
        self.role.choices = [("", _("Everything")), *((r.key, r.name) for r in pathways.roles)]
        looks = [(status.value, str(look.word)) for status, look in LOOKS.items()]
        self.status.choices = [("", _("Anyhow")), *looks]

    def known(self, field: str) -> str:
        """What was chosen; nothing for a word that is not on the list."""
        chosen = self[field].data or ""
        return chosen if chosen in {value for value, _label in self[field].choices} else ""
