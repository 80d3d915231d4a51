"""All organisations, for the Charter team, and their first check."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules as accounts_rules
from accounts.actions.organisations import check_organisation
from accounts.models import Organisation
from charter import queries, rules
from charter.forms import OrganisationSearch, Press
from charter.views import loading
from charter.views.desk import bp
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused


@bp.get("/organisations")
@allow(rules.is_officer)
def organisations() -> Response:
    form = OrganisationSearch()
    if not form.validate():
        return show("charter/desk/organisations.html", 422, search=form, found=None, newest={})
    found = queries.organisations(
        db(), words=form.q.data or "", state=form.state.data or "", page=page_asked()
    )
    newest = queries.newest_pledges(db(), found.rows)
    return show("charter/desk/organisations.html", search=form, found=found, newest=newest)


@bp.route("/organisations/<slug>", methods=["GET", "POST"])
@allow(rules.is_officer, on=loading.any_organisation)
def organisation(organisation: Organisation) -> Response:
    """Who it is, its pledges, and the button of the first check."""
    form = Press()
    if form.sent():
        try:
            check_organisation(db(), organisation, by=me(), at=clock.now())
            db().commit()
            flash(_("%(name)s is checked.", name=organisation.name), "success")
        except Refused as refusal:
            db().rollback()
            flash(" ".join(refusal.reasons))
        return redirect(url_for(".organisation", slug=organisation.slug), 303)
    return show(
        "charter/desk/organisation.html",
        organisation=organisation,
        pledges=queries.pledges_of(db(), organisation),
        leads=queries.leads_of(db(), organisation),
        alike=queries.lookalikes(db(), [organisation])[organisation.id],
        may_check=accounts_rules.may_check_organisation(me(), organisation),
        form=form,
    )
