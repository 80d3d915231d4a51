"""The shared core's own contribution: its jobs."""

from datetime import timedelta

from web import limits, parking
from web.contributions import Contribution
from web.jobs import Job

own_contribution = Contribution(
    name="web",
    jobs=(
        Job("forget old parked forms", timedelta(hours=1), parking.forget_old),
        Job("forget old attempt counts", timedelta(hours=1), limits.forget_old),
    ),
)
