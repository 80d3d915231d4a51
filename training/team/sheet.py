"""The team as a spreadsheet: a row a person, a column a module."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from training.pathways import Module, Pathways
from training.status import Standing
from training.team.looking import LOOKS, Member
from web.pages import long_date
from web.sheets import Value, sheet


def of_team(pathways: Pathways, members: Iterable[Member], modules: Sequence[Module]) -> bytes:
    headings = [(_("Name"), 26), (_("What they do"), 30)]
    headings += [(f"{module.key} {module.name}", 22) for module in modules]
    return sheet(_("Training"), headings, [_row(pathways, m, modules) for m in members])


def _row(pathways: Pathways, member: Member, modules: Sequence[Module]) -> list[Value]:
    roles = [pathways.role_by_key[k].name for k in member.roles if k in pathways.role_by_key]
    cells = [member.cell(module.key) for module in modules]
    return [member.called, ", ".join(roles), *(_said(cell) for cell in cells)]


def _said(standing: Standing | None) -> str | None:
    if standing is None:
        return None
    word = str(LOOKS[standing.status].word)
    return f"{word}, {long_date(standing.until)}" if standing.until else word
