"""The shared core's own contribution: its jobs, and the mail that people can see and stop."""

from datetime import timedelta

from web import limits, parking
from web.contributions import Contribution
from web.jobs import Job
from web.mail import digest, keeping
from web.mail import views as mail_views

own_contribution = Contribution(
    name="web",
    blueprints=(mail_views.bp,),
    jobs=(
        Job("forget old parked forms", timedelta(hours=1), parking.forget_old),
        Job("forget old attempt counts", timedelta(hours=1), limits.forget_old),
        Job("send digests", timedelta(hours=1), digest.send_digests),
    ),
    account_pages=mail_views.account_pages,
    my_data=(keeping.my_data,),
    erasure=(keeping.erasure,),
    retention=keeping.retention,
)
