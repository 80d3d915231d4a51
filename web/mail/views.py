"""Under "Your account": the messages we sent you, and whether you want reminders."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug import Response
from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf

from web import clock
from web.access import allow, me, signed_in
from web.contributions import AccountPage
from web.database import db
from web.forms import Form
from web.mail import keeping
from web.pages import show
from web.paging import page_asked

bp = Blueprint("mail", __name__, url_prefix="/my")

YES, NO = "yes", "no"


class WantReminders(Form):
    wanted = RadioField(
        _l("Do you want reminders?"),
        choices=[
            SelectChoice(YES, _l("Send me reminders")),
            SelectChoice(NO, _l("Send me no reminders")),
        ],
        validate_choice=False,
        validators=[AnyOf((YES, NO), _l("Choose whether you want reminders."))],
    )


@bp.get("/messages")
@allow(signed_in)
def messages() -> Response:
    return show(
        "mail/messages.html",
        messages=keeping.messages(db(), me().id, page_asked()),
        person=me(),
    )


@bp.route("/reminders", methods=["GET", "POST"])
@allow(signed_in)
def reminders() -> Response:
    reader = keeping.reader_of(db(), me().id)
    now = NO if reader is not None and reader.off_since is not None else YES
    form = WantReminders(data={"wanted": now})
    if form.sent():
        wanted = form.wanted.data == YES
        keeping.want_reminders(db(), me().id, wanted=wanted, at=clock.now())
        db().commit()
        flash(_("You get reminders.") if wanted else _("You get no reminders."), "success")
        return redirect(url_for("accounts.account"), 303)
    return show("mail/reminders.html", form=form, last=reader.last_at if reader else None)


account_pages = (
    AccountPage(
        _l("Messages we sent you"), _l("Every email from us, to read again."), "mail.messages"
    ),
    AccountPage(
        _l("Reminders"), _l("One email a week at most. You can stop them."), "mail.reminders"
    ),
)
