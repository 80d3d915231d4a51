"""What every form here does: try, commit once, and say what was refused."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug import Response
from wtforms import SelectChoice

from accounts.models import Organisation
from accounts.queries.leading import joinable
from steering.forms import TieForm
from web.database import db
from web.folding import fold
from web.forms import Form, more_errors
from web.pages import show
from web.workflow import Refused


def page(
    template: str, form: Form, make: Callable[[], object], said: str, then: str, **more: Any
) -> Response:
    """Show the form, or do what it asks and go on to ``then``.

    What ``make`` refuses stands above the form; where it puts a mistake beside a field and returns
    False, the form is shown again.
    """
    if form.sent():
        try:
            if make() is not False:
                db().commit()
                flash(said, "success")
                return redirect(then, 303)
        except Refused as refused:
            db().rollback()
            form.form_errors = [*form.form_errors, *refused.reasons]
    return show(template, 422 if form.is_submitted() else 200, form=form, **more)


def press(do: Callable[[], object], said: str, then: str) -> Response:
    """One button, no fields."""
    try:
        do()
        db().commit()
        flash(said, "success")
    except Refused as refused:
        db().rollback()
        flash(" ".join(refused.reasons))
    return redirect(then, 303)


def organisation_meant(form: TieForm) -> Organisation | None:
    """By its name; where several have such a name, the form asks which.  Only those that the
    Charter team has checked can be found: of the others nobody is to know."""
    named = form.organisation.data or ""
    found = joinable(db(), named).rows
    chosen = [one for one in found if one.slug == form.which.data]
    same = [one for one in found if fold(one.name) == fold(named)]
    for some in (chosen, same, found):
        if len(some) == 1:
            return some[0]
    if found:
        form.which.choices = [SelectChoice(one.slug, one.name) for one in found]
        more_errors(form, "which", _("Choose which of these."))
    else:
        more_errors(form, "organisation", _("We know none of this name. Try one word of it."))
    return None
