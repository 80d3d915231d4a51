"""The team: everybody beside every module, who must do what next, where training is missing."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response as Answer

from training.checking import loading
from training.checking import queries as checking
from training.checking.loading import Desk, may_see_here
from training.team import looking, queries, reminding, sheet
from training.team.forms import TeamQuery
from training.team.looking import Member
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import Paged, page_asked
from web.sheets import download

bp = Blueprint("training_team", __name__, url_prefix="/my/organisations/<slug>/training")
PEOPLE = 100
"""On one page of the table."""


@bp.get("")
@allow(may_see_here, on=loading.desk)
def team(desk: Desk) -> Answer:
    projects = desk.organisation.projects if desk.organisation else ()
    form, everybody = TeamQuery(desk.pathways, projects), _everybody(desk)
    asked = (form.known(field) for field in ("role", "status", "project"))
    members = looking.filtered(everybody, *asked)
    page = min(page_asked(), max(1, -(-len(members) // PEOPLE)))
    shown = members[(page - 1) * PEOPLE : page * PEOPLE]
    return show(
        "training/team/team.html",
        desk=desk,
        organisation=desk.organisation,
        everybody=everybody,
        members=Paged(shown, page, len(members), PEOPLE),
        modules=looking.columns(desk.pathways, shown),
        form=form,
        asked=dict(request.args.items()),
        to_check=_to_check(desk),
        without_role=queries.without_role(db(), desk.organisation) if desk.organisation else 0,
    )


@bp.get("/next")
@allow(may_see_here, on=loading.desk)
def following(desk: Desk) -> Answer:
    """Who must do what in the next 90 days."""
    everybody, here = _everybody(desk), desk.organisation
    members = reminding.may_be_reminded(everybody)
    able = {member.practitioner.person_id for member in members}
    reminded = reminding.reminded_here(db(), here, members, clock.now()) if here else {}
    return show(
        "training/team/next.html",
        desk=desk,
        organisation=here,
        busy=[(member, tasks) for member in everybody if (tasks := member.tasks())],
        able=able,
        reminded=reminded,
        others_wait=bool(able - reminded.keys() - {me().id}),
    )


@bp.post("/next/remind")
@allow(may_see_here, on=loading.desk)
def remind(desk: Desk) -> Answer:
    """The one whose button it was, or everybody else."""
    chosen = request.form.get("who", "")
    able = reminding.may_be_reminded(_everybody(desk))
    others = [m for m in able if m.practitioner.person_id != me().id]
    asked = [m for m in able if m.practitioner.reference == chosen] if chosen else others
    if desk.organisation is None or (chosen and not asked):
        return abort(404)
    written = reminding.remind(db(), desk.organisation, asked, by=me(), at=clock.now())
    db().commit()
    flash(_said_of(written, len(asked)), "success" if written else "error")
    return redirect(url_for("training_team.following", slug=desk.organisation.slug), 303)


def _said_of(written: list[Member], asked: int) -> str:
    said = ""
    if written:
        first = written[0].called
        said = ngettext(
            "%(name)s gets an email.", "%(num)d people get an email.", len(written), name=first
        )
    if len(written) < asked:
        rest = _(
            "Some were reminded in the last 7 days, or want no reminders: they are left in peace."
        )
        return f"{said} {rest}".strip()
    return said or _("Nobody else has anything to do.")


@bp.get("/gaps")
@allow(may_see_here, on=loading.desk)
def gaps(desk: Desk) -> Answer:
    found = looking.gaps(desk.pathways, _everybody(desk))
    return show("training/team/gaps.html", desk=desk, organisation=desk.organisation, gaps=found)


@bp.get("/team.xlsx")
@allow(may_see_here, on=loading.desk)
def spreadsheet(desk: Desk) -> Response:
    members = _everybody(desk)
    modules = looking.columns(desk.pathways, members)
    content = sheet.of_team(desk.pathways, members, modules)
    return download(content, f"training-{desk.slugs['slug']}")


def _everybody(desk: Desk) -> list[Member]:
    if desk.organisation is None:  # the address names one
        return []
    return queries.team(db(), desk.organisation, desk.pathways, clock.today())


def _to_check(desk: Desk) -> int:
    return checking.how_many(db(), checking.waiting(me(), desk))
