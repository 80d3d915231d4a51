"""What the worker does for the charter."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from charter.actions import move_with_the_date
from web.jobs import Job


def _move_with_the_date(session: Session, at: datetime) -> str:
    due, lapsed = move_with_the_date(session, at, current_app.extensions["scheme"])
    return f"fell due: {due}; lapsed: {lapsed}"


jobs = (Job("pledges fall due and lapse", timedelta(hours=1), _move_with_the_date),)
