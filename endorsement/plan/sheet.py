"""The plan as a spreadsheet."""

from collections.abc import Iterable

from flask_babel import gettext as _

from endorsement.framework import Framework
from endorsement.models import ImprovementAction
from web.sheets import Value, sheet


def of_plan(actions: Iterable[ImprovementAction], framework: Framework | None) -> bytes:
    return sheet(_("Plan"), _columns(), [_row(action, framework) for action in actions])


def _columns() -> list[tuple[str, int]]:
    return [
        (_("Standard"), 34),
        (_("What"), 50),
        (_("Who"), 20),
        (_("By when"), 18),
        (_("How young people are involved"), 40),
        (_("Where it stands"), 16),
        (_("Done on"), 18),
        (_("Note"), 40),
    ]


def _row(action: ImprovementAction, framework: Framework | None) -> list[Value]:
    standard = framework.by_key.get(action.standard) if framework else None
    return [
        standard.name if standard else action.standard,
        action.what,
        action.who,
        action.by_on,
        action.young_people,
        _stands(action),
        action.done_on,
        action.note,
    ]


def _stands(action: ImprovementAction) -> str:
    if action.done_on:
        return _("Done")
    return _("Dropped") if action.dropped_on else _("Open")
