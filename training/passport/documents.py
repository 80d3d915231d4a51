"""The passport on paper: A4, for a folder or an interview."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from training.models import PassportLink
from training.passport import links
from training.passport.showing import Passport
from training.pathways import Pathways
from training.status import StageStanding, Standing
from training.wording import STATUS_WORDS, standing_in_words
from web import clock, pdf
from web.pages import long_date


def paper(
    name: str, pathways: Pathways, shown: Passport, example: bool, link: PassportLink | None
) -> bytes:
    """``link``: its code is on the page, to see how things stand later."""
    data = _common(name, pathways) | _said(shown, example) | _way(link)
    return pdf.render("passport.typ", data)


def _common(name: str, pathways: Pathways) -> dict[str, Any]:
    scheme = current_app.extensions["scheme"]
    light = scheme.colours.light
    return {
        "title": _("%(name)s: training passport", name=name),
        "language": pathways.language,
        "author": scheme.names.run_by,
        "ink": light.text,
        "paper": light.background,
        "deep": light.brand,
        "wordmark": _("Training passport"),
        "scheme": scheme.names.scheme,
        "name": name,
    }


def _said(shown: Passport, example: bool) -> dict[str, Any]:
    notes = notes_of(example)
    return {
        "as_of": _("As it stood on %(day)s.", day=long_date(clock.today())),
        "stages_heading": _("Stages done"),
        "stages": [_stage(at) for at in shown.stages],
        "modules_heading": _("In date"),
        "columns": [_("What"), _("Done on"), _("Good until")],
        "modules": [_module(standing) for standing in shown.modules],
        "nothing": _("Nothing is in date today.") if shown.is_empty else "",
        "notes": notes,
    }


def notes_of(example: bool) -> list[str]:
    """What whoever reads it must know."""
    said = [
        _("Learning done; not a licence to practise. Somebody else checked each of these."),
        _("It says nothing of an employer’s own checks. Every employer makes its own."),
    ]
    if example:
        said.append(_("Example text: nobody has agreed these pathways yet."))
    return said


def _stage(at: StageStanding) -> dict[str, str]:
    return {"name": at.stage.name, "about": at.stage.about}


def _module(standing: Standing) -> dict[str, str]:
    return {
        "name": standing.module.name,
        "status": str(STATUS_WORDS[standing.status]),
        "done": long_date(standing.done_on) if standing.done_on else "",
        "until": standing_in_words(standing),
    }


def _way(link: PassportLink | None) -> dict[str, Any]:
    if link is None:
        return {"code": "", "code_words": "", "code_small": ""}
    until = long_date(link.ends_at)
    return {
        "code": pdf.qr_code(links.address(link)),
        "code_words": _("A code to scan. It opens this passport as it stands that day."),
        "code_small": _("Scan it to see today’s. It works until %(day)s.", day=until),
    }
