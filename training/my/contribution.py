"""What the practitioner's own side hands to training's contribution."""

from flask_babel import lazy_gettext as _l

from training.my import reminding
from training.my.panels import my_training
from training.my.views import bp
from web.contributions import AccountPage

blueprints = (bp,)
panels = (my_training,)
reminders = (reminding.reminders,)
account_pages = (
    AccountPage(
        _l("Your training"),
        _l("What you learned, what is next, who sees it."),
        "my_training.pathway",
    ),
)
