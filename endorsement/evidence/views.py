"""The library, an item's page, and adding, describing, replacing and removing."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.forms.colleagues import Button
from accounts.models import Organisation
from endorsement.evidence import actions, loading, queries, rules
from endorsement.evidence.actions import AlreadyThere
from endorsement.evidence.forms import ADD, REPLACE, WAYS, DetailsForm, ReplaceForm, WhyGone
from endorsement.evidence.loading import Adding, Replacing
from endorsement.evidence.removing import remove as remove_version
from endorsement.models import EvidenceItem, EvidenceVersion
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.paging import page_asked
from web.returning import back_to
from web.workflow import Refused

bp = Blueprint("evidence", __name__, url_prefix="/my/organisations/<slug>/quality/evidence")
WAY = f"<any({','.join(WAYS)}):way>"


@bp.get("/")
@allow(rules.may_see, on=loading.organisation)
def library(organisation: Organisation) -> Response:
    known, wanted = standards_of(organisation), request.args.get("standard", "")
    away = request.args.get("put-away") == "yes"
    found = queries.library(
        db(), organisation, page_asked(), standard=wanted if wanted in known else "", put_away=away
    )
    return show(
        "endorsement/evidence/library.html",
        organisation=organisation,
        items=found,
        standards=known,
        standard=wanted if wanted in known else "",
        put_away=away,
    )


@bp.get("/add")
@allow(rules.may_change, on=loading.organisation)
def add(organisation: Organisation) -> Response:
    """In which way: words first, because they are enough more often than people think."""
    return show(
        "endorsement/evidence/add.html", organisation=organisation, onward=passed_on(organisation)
    )


@bp.route(f"/add/{WAY}", methods=["GET", "POST"])
@allow(rules.may_change, on=loading.adding)
def add_one(at: Adding) -> Response:
    organisation, way = at.organisation, at.way
    form = ADD[way](None, standards_of(organisation).items(), asked_for(organisation))
    there = None
    if form.sent():
        try:
            item = actions.add(
                db(), organisation, form.described(), form.content(), by=me(), at=clock.now()
            )
        except Refused as refused:
            there = said_beside(form, refused)
        else:
            db().commit()
            flash(_("“%(title)s” is in your evidence.", title=item.title), "success")
            return redirect(back_to(address_of(item)), 303)
    return show(
        "endorsement/evidence/add_one.html",
        form=form,
        organisation=organisation,
        way=way,
        there=there,
        onward=passed_on(organisation),
    )


@bp.get("/<reference>")
@allow(rules.may_see, on=loading.item)
def item(item: EvidenceItem) -> Response:
    history = queries.history(db(), item)
    asked = request.args.get("version", "")
    shown = next((v for v in history if str(v.number) == asked), history[0])
    return show(
        "endorsement/evidence/item.html",
        item=item,
        organisation=item.organisation,
        history=history,
        shown=shown,
        standards=standards_of(item.organisation, item.standards),
    )


@bp.route("/<reference>/change", methods=["GET", "POST"])
@allow(rules.may_change, on=loading.item)
def change(item: EvidenceItem) -> Response:
    form = DetailsForm(item, standards_of(item.organisation, item.standards).items())
    if form.sent():
        actions.describe(db(), item, form.described(), by=me(), at=clock.now())
        db().commit()
        flash(_("It is saved."), "success")
        return to(item)
    page = show(
        "endorsement/evidence/change.html", form=form, item=item, organisation=item.organisation
    )
    if form.clashes:
        parking.park()
    return page


@bp.route(f"/<reference>/replace/{WAY}", methods=["GET", "POST"])
@allow(rules.may_change, on=loading.replacing)
def replace(at: Replacing) -> Response:
    return replaced(at.item, at.way, REPLACE[at.way](at.item.current))


@bp.route("/<reference>/versions/<int:number>/remove", methods=["GET", "POST"])
@allow(rules.may_change, on=loading.version)
def remove(version: EvidenceVersion) -> Response:
    form = WhyGone()
    if form.sent():
        remove_version(db(), version, form.why.data or "", by=me(), at=clock.now())
        db().commit()
        flash(_("It is destroyed. Nobody can open it any more."), "success")
        return to(version.item)
    return show(
        "endorsement/evidence/remove.html",
        form=form,
        item=version.item,
        version=version,
        organisation=version.organisation,
    )


@bp.post("/<reference>/use")
@allow(rules.may_change, on=loading.item)
def use(item: EvidenceItem) -> Response:
    """It shows one more standard: offered where somebody adds what the library has already."""
    known = standards_of(item.organisation, item.standards)
    wanted = [key for key in request.form.getlist("standard")[:200] if key in known]
    actions.use_for(db(), item, wanted, by=me(), at=clock.now())
    db().commit()
    flash(_("“%(title)s” shows it now.", title=item.title), "success")
    return redirect(back_to(address_of(item)), 303)


@bp.route("/<reference>/put-away", methods=["GET", "POST"])
@allow(rules.may_change, on=loading.item)
def put_away(item: EvidenceItem) -> Response:
    form = Button()
    if form.sent():
        actions.put_away(db(), item, by=me(), at=clock.now())
        db().commit()
        flash(_("“%(title)s” is put away.", title=item.title), "success")
        return redirect(url_for("evidence.library", slug=item.organisation.slug), 303)
    return show(
        "endorsement/evidence/put_away.html", form=form, item=item, organisation=item.organisation
    )


@bp.post("/<reference>/bring-back")
@allow(rules.may_change, on=loading.item)
def bring_back(item: EvidenceItem) -> Response:
    actions.bring_back(db(), item, by=me(), at=clock.now())
    db().commit()
    flash(_("“%(title)s” is in use again.", title=item.title), "success")
    return to(item)


# What they share


def replaced(item: EvidenceItem, way: str, form: ReplaceForm) -> Response:
    there = None
    if form.sent():
        try:
            actions.replace(
                db(),
                item,
                form.content(),
                remove_why=form.remove_why,
                seen=form.seen_number,
                by=me(),
                at=clock.now(),
            )
        except Refused as refused:
            there = said_beside(form, refused)
        else:
            db().commit()
            flash(_("It is replaced."), "success")
            return to(item)
    page = show(
        "endorsement/evidence/replace.html",
        form=form,
        item=item,
        organisation=item.organisation,
        way=way,
        there=there,
    )
    if form.clashes:
        parking.park()
    return page


def standards_of(organisation: Organisation, more: Iterable[str] = ()) -> dict[str, str]:
    """Keys and names that can be chosen, with those that were chosen under another version."""
    framework = queries.framework_of(db(), organisation)
    known = {s.key: f"{s.key} {s.name}" for s in framework.standards} if framework else {}
    return known | {key: key for key in more if key not in known}


def passed_on(organisation: Organisation) -> dict[str, Any]:
    """What every address of adding carries: the standard it is for, and where to go afterwards."""
    asked = {"standard": asked_for(organisation), "back": back_to("")}
    return {"slug": organisation.slug, **{name: value for name, value in asked.items() if value}}


def asked_for(organisation: Organisation) -> list[str]:
    known = standards_of(organisation)
    return [key for key in request.args.getlist("standard")[:200] if key in known]


def said_beside(form: Any, refused: Refused) -> EvidenceVersion | None:
    """Beside the field it is about; where the content stands already, that is returned."""
    fields = [name for name in ("text", "link", "files") if name in form]
    more_errors(form, (fields or ["title"])[0], *refused.reasons)
    return refused.version if isinstance(refused, AlreadyThere) else None


def address_of(item: EvidenceItem) -> str:
    return url_for("evidence.item", slug=item.organisation.slug, reference=item.reference)


def to(item: EvidenceItem) -> Response:
    return redirect(address_of(item), 303)
