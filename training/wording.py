"""Modules, stages and standings in plain words, for pages."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from training.models import TrainingRecord
from training.pathways import Module, Pathways, Role
from training.states import HAPPENED, WAY_WORDS, WORDS
from training.status import Picture, StageStanding, Standing, Status
from web.pages import long_date

STATUS_WORDS = {
    Status.NOT_REQUIRED: _l("Not needed"),
    Status.NOT_STARTED: _l("Not started"),
    Status.EXPIRED: _l("Out of date"),
    Status.BOOKED: _l("Booked"),
    Status.AWAITING_CHECK: _l("Waits to be checked"),
    Status.DUE: _l("Due soon"),
    Status.PRIOR_LEARNING: _l("Prior learning recognised"),
    Status.IN_DATE: _l("In date"),
}
MARKS = {
    Status.NOT_REQUIRED: "–",
    Status.NOT_STARTED: "○",
    Status.EXPIRED: "×",
    Status.BOOKED: "◷",
    Status.AWAITING_CHECK: "…",
    Status.DUE: "!",
    Status.PRIOR_LEARNING: "✓",
    Status.IN_DATE: "✓",
}
"""Beside the word and the colour: nobody needs the colour."""


def lasts(module: Module) -> str:
    """For how long it is good."""
    if module.qualification:
        return _("It never runs out.")
    said = [_for_months(module.valid_months)] if module.valid_months else []
    if module.update:
        said.append(_update(module))
    if module.after_charter_months:
        said.append(
            _(
                "When there is a new charter, you have %(n)s months to do it again.",
                n=module.after_charter_months,
            )
        )
    return " ".join(said) or _("You do it once.")


def _for_months(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return ngettext("Good for %(num)d month.", "Good for %(num)d months.", months)
    return ngettext("Good for %(num)d year.", "Good for %(num)d years.", years)


def _update(module: Module) -> str:
    if module.update is None:
        return ""
    if module.update.months == 12:
        return _("With an update each year.")
    return _("With an update every %(n)s months.", n=module.update.months)


def takes(module: Module) -> str:
    """How much time; empty where the file does not say."""
    if module.hours is None:
        return ""
    hours = int(module.hours) if module.hours == int(module.hours) else module.hours
    return ngettext("About %(hours)s hour.", "About %(hours)s hours.", round(module.hours) or 1,
                    hours=hours)  # fmt: skip


def asked_by_stage(pathways: Pathways, role: Role) -> list[tuple[str, list[Module]]]:
    """What a role needs, under the names of the stages; what stands in none comes last."""
    asked = pathways.asked_of(role.key)
    found = [
        (stage.name, [m for m in pathways.in_stage(stage.key) if m.key in asked])
        for stage in pathways.stages
    ]
    besides = [m for m in pathways.modules if m.stage is None and m.key in asked]
    return [(name, modules) for name, modules in (*found, (_("Besides"), besides)) if modules]


def names(pathways: Pathways, keys: Any) -> str:
    """The names of modules, in a line; of one that is gone, its code."""
    by_key = pathways.by_key
    return ", ".join(by_key[key].name if key in by_key else key for key in keys)


def standing_in_words(standing: Standing) -> str:
    """When it runs out, or what there is to say besides the status."""
    status, until = standing.status, standing.until
    if status is Status.BOOKED and standing.booked_on:
        return _("For %(day)s", day=long_date(standing.booked_on))
    if until is None:
        return _lasts_on(standing) if status.counts else ""
    day = long_date(until)
    if status is Status.EXPIRED:
        return _("Ran out on %(day)s", day=day)
    if not status.counts:
        return ""
    if standing.update_by and standing.module.update:
        return _("%(what)s by %(day)s", what=standing.module.update.name, day=day)
    return _("Until %(day)s", day=day)


def _lasts_on(standing: Standing) -> str:
    if standing.module.after_charter_months is not None:
        return _("Until there is a new charter, and for some months after that")
    return _("Does not run out")


def stage_in_words(at: StageStanding) -> str:
    """How far along a stage is: of what is asked, or of all of it where nothing is."""
    if at.complete:
        return _("done")
    if not at.asked:
        return _("not needed")
    have = sum(standing.counts for standing in at.asked)
    if have == len(at.asked) < len(at.modules):
        return _("done, as far as you need it")
    return _("%(have)s of %(all)s", have=have, all=len(at.asked))


def stage_needs(at: StageStanding) -> str:
    return ", ".join(standing.module.name for standing in at.because)


def besides_stages(seen: Picture) -> list[Standing]:
    """What stands in no stage, and is needed or was done."""
    besides = [s for s in seen.modules.values() if s.module.stage is None]
    return [s for s in besides if s.required or s.done_on or s.waiting]


def record_name(pathways: Pathways, record: TrainingRecord) -> str:
    module = pathways.by_key.get(record.module)
    if module is None:
        return record.module
    return module.update.name if record.is_update and module.update else module.name


GLOBALS: dict[str, Any] = {
    "asked_by_stage": asked_by_stage,
    "besides_stages": besides_stages,
    "module_lasts": lasts,
    "module_names": names,
    "module_takes": takes,
    "record_happened": HAPPENED,
    "record_name": record_name,
    "record_states": WORDS,
    "record_ways": WAY_WORDS,
    "stage_in_words": stage_in_words,
    "stage_needs": stage_needs,
    "standing_in_words": standing_in_words,
    "status_marks": MARKS,
    "status_words": STATUS_WORDS,
}
