"""Where somebody is signed in, and signing out there."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.actions import signing_in
from accounts.models import Device
from accounts.queries.signing_in import device_of, devices_of
from accounts.sign_in.devices import this_device
from accounts.sign_in.entering import leave
from accounts.sign_in.views.blueprint import bp
from web.access import allow, me, signed_in
from web.database import db
from web.pages import show


def _own(person: Any, reference: str) -> Device | None:
    return device_of(db(), person, reference)


@bp.get("/my/devices")
@allow(signed_in)
def devices() -> Response:
    here = this_device()
    return show("security/devices.html", here=here, devices=devices_of(db(), me()))


@bp.post("/my/devices/<reference>/sign-out")
@allow(signed_in, on=_own)
def sign_out_device(device: Device) -> Response:
    if device is this_device():
        return sign_out_here()
    signing_in.end(db(), device)
    db().commit()
    flash(_("That one is signed out."), "success")
    return redirect(url_for(".devices"), 303)


@bp.post("/my/devices/sign-out-elsewhere")
@allow(signed_in)
def sign_out_elsewhere() -> Response:
    signing_in.end_all(db(), me(), but=this_device())
    db().commit()
    flash(_("Everywhere else you are signed out."), "success")
    return redirect(url_for(".devices"), 303)


@bp.post("/my/devices/sign-out-everywhere")
@allow(signed_in)
def sign_out_everywhere() -> Response:
    signing_in.end_all(db(), me())
    return sign_out_here(_("You are signed out everywhere."))


def sign_out_here(said: str = "") -> Response:
    leave()
    flash(said or _("You are signed out."), "success")
    response = redirect(url_for(".login"), 303)
    response.headers["Clear-Site-Data"] = '"storage"'  # drafts that a page kept on the device
    return response
