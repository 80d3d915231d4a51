"""The two pages for a funder as a PDF."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.words import area_names
from endorsement.record.summary import Summary
from web import pdf
from web.pages import long_date


def summary(found: Summary) -> bytes:
    return pdf.render("summary.typ", _common(found) | _said(found))


def _common(found: Summary) -> dict[str, Any]:
    scheme = current_app.extensions["scheme"]
    light = scheme.colours.light
    return {
        "title": _("%(name)s: how good are we?", name=found.organisation.name),
        "language": found.framework.language,
        "author": found.organisation.name,
        "ink": light.text,
        "paper": light.background,
        "deep": light.brand,
        "name": found.organisation.name,
        "about": found.organisation.about,
        "areas": ", ".join(area_names(scheme, found.organisation.areas)),
    }


def _said(found: Summary) -> dict[str, Any]:
    return {
        "notes": notes(found),
        "level_heading": _("Where we stand"),
        "level": found.level.name if found.level else _("No level yet"),
        "level_words": found.level.meaning if found.level else "",
        "areas_heading": _("Area by area"),
        "columns": [_("Area"), _("Points"), _("Since the first time")],
        "rows": [
            {
                "name": bar.area.name,
                "points": _("%(n)s of %(most)s", n=bar.points, most=bar.most),
                "share": bar.points / bar.most if bar.most else 0,
                "change": "" if bar.before is None else changed(bar.change),
            }
            for bar in found.bars
        ],
        "spread": [f"{name}: {count}" for name, count in found.spread],
        "since_heading": _("What changed"),
        "since": since_words(found),
        "plan_heading": _("What we do next"),
        "plan": [
            {"what": s.what, "standard": s.standard, "by": long_date(s.by_on) if s.by_on else ""}
            for s in found.steps
        ],
        "plan_words": plan_words(found),
    }


def changed(points: int) -> str:
    return f"{points:+d}" if points else "0"


def notes(found: Summary) -> list[str]:
    """What every reader must know first."""
    said = [
        _("By our own account on %(day)s. Nobody else has checked it.", day=long_date(found.today)),
        _("Looked at with: %(title)s, %(code)s. %(track)s.", title=found.framework.title,
          code=found.framework.code, track=found.track),
    ]  # fmt: skip
    if found.example:
        said.append(_("The framework is example text: nobody has agreed it yet."))
    if found.rated < found.of:
        said.append(
            _("%(n)s of %(all)s standards have a point so far.", n=found.rated, all=found.of)
        )
    if found.pledged_since:
        said.append(
            _("We have signed the charter since %(day)s.", day=long_date(found.pledged_since))
        )
    return said


def since_words(found: Summary) -> str:
    if found.since is None:
        return _("This is our first look. What changes will stand here next time.")
    known = {
        "day": long_date(found.since.at),
        "before": found.since.points,
        "now": found.points,
        "level": found.since.level or _("no level"),
    }
    return _(
        "On %(day)s we had %(before)s points in all (%(level)s). Now we have %(now)s.", **known
    )


def plan_words(found: Summary) -> str:
    said = [
        ngettext("One step is open.", "%(num)d steps are open.", found.open),
        ngettext("One is done.", "%(num)d are done.", found.done),
    ]
    left = found.open - len(found.steps)
    if left > 0:
        said.append(ngettext("One more is not listed.", "%(num)d more are not listed.", left))
    return " ".join(said)
