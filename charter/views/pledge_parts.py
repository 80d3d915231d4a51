"""The parts of the task list: each a page, saved on its button."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from werkzeug import Response

from accounts.models import Organisation
from charter import actions, parts, rules
from charter.forms import ActionForm, DetailsForm, ProjectsForm, SignatoryForm
from charter.models import Pledge
from charter.states import EDITABLE
from charter.views import loading
from charter.views.pledge import MINE, bp
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.merging import SharedForm
from web.pages import show


@bp.route(f"{MINE}/details", methods=["GET", "POST"])
@allow(rules.may_edit_pledge, on=loading.pledge)
def details(pledge: Pledge) -> Response:
    form = DetailsForm({"contact_name": pledge.contact_name, "contact_email": pledge.contact_email})

    def save() -> None:
        actions.see_details(
            db(),
            pledge,
            contact_name=form.contact_name.data or "",
            contact_email=form.contact_email.data or "",
            by=me(),
            at=clock.now(),
        )

    return _page("charter/pledge/details.html", pledge, parts.DETAILS, form, save)


@bp.route(f"{MINE}/projects", methods=["GET", "POST"])
@allow(rules.may_edit_pledge, on=loading.pledge)
def projects(pledge: Pledge) -> Response:
    """Which projects; or, in one click, "all we do is one project"."""
    form = ProjectsForm({"projects": _covered(pledge)})
    form.offer(pledge)
    if request.form.get("then") == "one" and pledge.state in EDITABLE:
        onward = _onward(pledge, parts.PROJECTS)
        actions.cover_all_as_one(db(), pledge, by=me(), at=clock.now())
        db().commit()
        return redirect(onward, 303)

    def save() -> None:
        chosen = set(form.projects.data or ())
        wanted = [p for p in pledge.organisation.projects if p.slug in chosen]
        actions.cover(db(), pledge, wanted, by=me(), at=clock.now())

    return _page("charter/pledge/projects.html", pledge, parts.PROJECTS, form, save)


@bp.route(f"{MINE}/signatory", methods=["GET", "POST"])
@allow(rules.may_edit_pledge, on=loading.pledge)
def signatory(pledge: Pledge) -> Response:
    form = SignatoryForm(
        {"signatory_name": pledge.signatory_name, "signatory_role": pledge.signatory_role}
    )

    def save() -> None:
        actions.name_signatory(
            db(),
            pledge,
            name=form.signatory_name.data or "",
            role=form.signatory_role.data or "",
            by=me(),
            at=clock.now(),
        )

    return _page("charter/pledge/signatory.html", pledge, parts.SIGNATORY, form, save)


@bp.route(f"{MINE}/commitments/<key>", methods=["GET", "POST"])
@allow(rules.may_edit_pledge, on=loading.commitment)
def commitment(at: loading.PartOfPledge) -> Response:
    """An action for one commitment.  Two texts for one box are both kept and shown."""
    pledge, part = at.pledge, at.part
    form = ActionForm({"text": part.action.text if part.action else ""})

    def save() -> None:
        actions.write_action(
            db(), pledge, part.commitment, form.text.data or "", by=me(), at=clock.now()
        )

    return _page("charter/pledge/commitment.html", pledge, part.key, form, save)


def _page(
    template: str, pledge: Pledge, key: str, form: SharedForm, save: Callable[[], None]
) -> Response:
    """Show a part, or save it and go on.  What cannot be saved any more is shown back."""
    if pledge.state not in EDITABLE:
        return _closed(pledge, key, form)
    if form.sent():
        onward = _onward(pledge, key)
        save()
        db().commit()
        return redirect(onward, 303)
    page = show(template, form=form, **_known(pledge, parts.part_of(pledge, key)))
    if form.clashes:
        parking.park()  # should the phone go flat now, the typed text is still there
    return page


def _known(pledge: Pledge, part: parts.Part) -> dict[str, Any]:
    """What every part's page shows."""
    found = parts.parts_of(pledge)
    place = [p.key for p in found].index(part.key)
    return {
        "pledge": pledge,
        "organisation": pledge.organisation,
        "part": part,
        "place": place + 1,
        "of": len(found),
        "before": found[place - 1] if place else None,
    }


def _closed(pledge: Pledge, key: str, form: Form) -> Response:
    """It was sent, or decided, meanwhile: the typed words come back with the reason."""
    typed = [
        (str(field.label.text), field.data)
        for field in form
        if field.type in ("StringField", "TextAreaField", "EmailField") and field.data
    ]
    asked = request.method == "POST" or form.given_back
    page = show(
        "charter/pledge/closed.html",
        pledge=pledge,
        organisation=pledge.organisation,
        part=parts.part_of(pledge, key),
        typed=typed if asked else [],
    )
    if request.method == "POST":
        parking.park()
        page.status_code = 409
    return page


def _onward(pledge: Pledge, key: str) -> str:
    """To the next part, or back to the list, whichever button was pressed."""
    slug = pledge.organisation.slug
    if request.form.get("then") == "list":
        return url_for(".pledge", slug=slug)
    found = parts.parts_of(pledge)
    place = [p.key for p in found].index(key) + 1
    if place == len(found):
        return url_for(".check", slug=slug)
    return address(pledge.organisation, found[place])


def address(organisation: Organisation, part: parts.Part) -> str:
    """The page of a part."""
    if part.commitment is not None:
        return url_for("pledging.commitment", slug=organisation.slug, key=part.commitment.key)
    return url_for(f"pledging.{part.key}", slug=organisation.slug)


def _covered(pledge: Pledge) -> list[str]:
    """The projects ticked: those covered, or the only one there is."""
    covered = [row.project.slug for row in pledge.covered]
    standing = [p.slug for p in pledge.organisation.projects if not p.closed]
    return covered or (standing if len(standing) == 1 else [])
