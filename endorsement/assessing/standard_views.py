"""One page a standard: written by hand and button, or saved as one types."""

from flask import flash, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug import Response

from endorsement import progress, rules
from endorsement.assessing import actions, loading, shown
from endorsement.assessing.forms import StandardForm, facts_of
from endorsement.assessing.loading import OneStandard
from endorsement.assessing.views import MINE, bp
from endorsement.models import ImprovementAction
from endorsement.plan import actions as plan_actions
from endorsement.plan import queries as plan_queries
from endorsement.wording import STILL
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.merging import opened_as
from web.pages import show


@bp.get(f"{MINE}/standards/<key>")
@allow(rules.may_see_quality, on=loading.standard)
def standard(at: OneStandard) -> Response:
    return _page(at, StandardForm(at, _action(at)))


@bp.post(f"{MINE}/standards/<key>")
@allow(rules.may_assess, on=loading.standard)
def save(at: OneStandard) -> Response:
    form = StandardForm(at, _action(at))
    if form.sent():
        _write(at, form)
        _say_what_is_missing(at)
        db().commit()
        return redirect(shown.onward(at, request.form.get("then", "")), 303)
    page = _page(at, form)
    if form.clashes:
        parking.park()  # should the phone go flat now, the typed text is still there
    return page


@bp.post(f"{MINE}/standards/<key>/typed")
@allow(rules.may_assess, on=loading.standard)
def typed(at: OneStandard) -> tuple[Response, int]:
    """What stands in the page right now.  Answers when it was saved, or why not, in words.

    200: ``saved`` and ``opened``, to go on from.  409: somebody else saved other words
    meanwhile; nothing is saved, and pressing the button shows both.  422: ``wrong``.
    """
    form = StandardForm(at, _action(at))
    if form.sent():
        _write(at, form)
        db().commit()
        now = clock.london(clock.now())
        opened = opened_as(facts_of(at, _action(at)))
        return jsonify(saved=_("Saved at %(time)s", time=f"{now:%H:%M}"), opened=opened), 200
    if form.clashes:
        sentence = _(
            "Not saved: someone else wrote here while you were typing. Press “Save and go on” to "
            "see both texts. Nothing is lost."
        )
        return jsonify(wrong=sentence), 409
    first = next(iter(form.errors.values()))[0] if form.errors else ""
    return jsonify(wrong=_("Not saved yet. %(why)s", why=first)), 422


def _say_what_is_missing(at: OneStandard) -> None:
    """Nobody is made to finish; but what is left is said, on the page that follows."""
    planned = plan_queries.actions_for(db(), at.organisation, at.standard.key)
    lines = progress.lines_of(at.assessment, planned)
    line = next((line for line in lines if line.standard.key == at.standard.key), None)
    if line is not None and line.missing:
        owed = STILL[line.missing[0]]
        flash(_("Saved. “%(name)s” still needs %(owed)s.", name=at.standard.name, owed=owed))


def _write(at: OneStandard, form: StandardForm) -> None:
    now = clock.now()
    actions.write(db(), at.assessment, at.standard, form.said(), by=me(), at=now)
    plan_actions.write_for_standard(
        db(), at.organisation, at.standard.key, form.planned(), by=me(), at=now
    )


def _action(at: OneStandard) -> ImprovementAction | None:
    """The one that the page itself writes; the plan's page has all of them."""
    found = plan_queries.actions_for(db(), at.organisation, at.standard.key)
    return plan_actions.first_open(found)


def _page(at: OneStandard, form: StandardForm) -> Response:
    return show(
        "endorsement/assessing/standard.html",
        form=form,
        at=at,
        organisation=at.organisation,
        standard=at.standard,
        **shown.standard(at, db()),
    )
