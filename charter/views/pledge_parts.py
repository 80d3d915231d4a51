"""The parts of the task list: each a page, saved on its button."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from charter import actions, changes, parts, rules
from charter.forms import ActionForm, DetailsForm, OutcomeForm, ProjectsForm, SignatoryForm
from charter.models import Pledge
from charter.states import EDITABLE
from charter.views import loading, ways
from charter.views.pledge import MINE, bp
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.merging import SharedForm
from web.pages import show

ONE_THING = ("open", "group")
"""The sorts of project that can be made in one click."""


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

    change = url_for("organisations.change", slug=pledge.organisation.slug, back=_here())
    return _page(
        "charter/pledge/details.html", pledge, parts.DETAILS, form, save, {"change": change}
    )


@bp.route(f"{MINE}/projects", methods=["GET", "POST"])
@allow(rules.may_edit_pledge, on=loading.pledge)
def projects(pledge: Pledge) -> Response:
    """Which projects; or, in one click, the one thing that the organisation does."""
    form = ProjectsForm({"projects": _covered(pledge)})
    form.offer(pledge)
    if request.form.get("then") in ONE_THING and pledge.state in EDITABLE:
        return _all_as_one(pledge, request.form["then"])

    def save() -> None:
        chosen = set(form.projects.data or ())
        wanted = [p for p in pledge.organisation.projects if p.slug in chosen]
        actions.cover(db(), pledge, wanted, by=me(), at=clock.now())

    return _page("charter/pledge/projects.html", pledge, parts.PROJECTS, form, save)


def _all_as_one(pledge: Pledge, sort: str) -> Response:
    """Where anyone may drop in, young people want to know where and when: that is asked next."""
    onward = ways.onward(pledge, parts.PROJECTS)
    actions.cover_all_as_one(db(), pledge, sort=sort, by=me(), at=clock.now())
    db().commit()
    (project, *others) = pledge.projects
    if project.open_access and not others and not project.places:
        flash(_("The project is saved. Now add where it happens."), "success")
        slug = pledge.organisation.slug
        onward = url_for("projects.add_place", slug=slug, project=project.slug, back=onward)
    return redirect(onward, 303)


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


@bp.route(f"{MINE}/looking-back/<key>", methods=["GET", "POST"])
@allow(rules.may_edit_pledge, on=loading.earlier_action)
def looking_back(at: loading.PartOfPledge) -> Response:
    """How one thing went that was promised the year before."""
    pledge, part = at.pledge, at.part
    said = part.outcome
    form = OutcomeForm({"how": said.how if said else "", "text": said.text if said else ""})

    def save() -> None:
        actions.look_back(
            db(),
            pledge,
            part.earlier,
            how=form.how.data or "",
            text=form.text.data or "",
            by=me(),
            at=clock.now(),
        )

    return _page("charter/pledge/looking_back.html", pledge, part.key, form, save)


def _page(
    template: str,
    pledge: Pledge,
    key: str,
    form: SharedForm,
    save: Callable[[], None],
    other_ways: Mapping[str, str] | None = None,
) -> Response:
    """Show a part, or save it and go on.  What cannot be saved any more is shown back.

    ``other_ways``: where buttons of this part alone lead.
    """
    if pledge.state not in EDITABLE:
        return _closed(pledge, key, form)
    then = request.form.get("then", "")
    if then == "back" and _is_untouched(form):
        return redirect(ways.onward(pledge, key), 303)
    if form.sent():
        onward = (other_ways or {}).get(then) or ways.onward(pledge, key)
        save()
        db().commit()
        return redirect(onward, 303)
    page = show(template, form=form, **_known(pledge, parts.part_of(pledge, key)))
    if form.clashes:
        parking.park()  # should the phone go flat now, the typed text is still there
    return page


def _known(pledge: Pledge, part: parts.Part) -> dict[str, Any]:
    """What every part's page shows."""
    return {
        "pledge": pledge,
        "organisation": pledge.organisation,
        "part": part,
        "place": parts.FIRST_PARTS.index(part.key) + 1 if part.is_first else None,
        "of": len(parts.FIRST_PARTS),
        "changes": changes.for_pledge(pledge),
        "from_check": ways.from_check(),
    }


def _here() -> str:
    return request.full_path.rstrip("?")


def _is_untouched(form: SharedForm) -> bool:
    """Who only looked goes back without being asked for what is missing."""
    return all((typed or "") == (form.now[name] or "") for name, typed in form.facts().items())


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


def _covered(pledge: Pledge) -> list[str]:
    """The projects ticked: those covered, or the only one there is."""
    covered = [row.project.slug for row in pledge.covered]
    standing = [p.slug for p in pledge.organisation.projects if not p.closed]
    return covered or (standing if len(standing) == 1 else [])
