"""What learning platforms add to training's contribution."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from accounts.rules import is_officer
from training.xapi import desk, queries, views
from training.xapi.keeping import THINGS, erasure, my_data, retention
from training.xapi.settling import settle_all
from web.contributions import Queue
from web.jobs import Job

blueprints = (views.bp, desk.bp)
jobs = (Job("what learning platforms sent", timedelta(hours=6), settle_all),)
queue = Queue(_l("Learning platforms: to sort"), "learning.everything", is_officer, queries.waiting)

__all__ = [
    "THINGS",
    "blueprints",
    "erasure",
    "jobs",
    "my_data",
    "queue",
    "retention",
]
