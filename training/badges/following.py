"""Badges follow the facts: issued when a stage is complete, taken back when it is not.

Called by jobs alone.  A badge is good until the first of its modules runs out.  Renewed in time,
it stays as it is, and a newer one stands beside it; where it says more than is true, it is revoked.
"""

from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from training import versions
from training.badges.due import Due, badges_due
from training.models import PathwayVersion, Practitioner
from training.records import looking
from web import clock
from web.audit.chain import name_of
from web.credentials import Achievement, Credential, Holder, issue, issuer, revoke, standing
from web.database import hold

KIND = "training stage"
BY = "system:training badges"


def follow(session: Session, practitioner_id: int, at: datetime) -> None:
    """Whoever has no account has no badges: nobody could be given them."""
    practitioner = hold(session, Practitioner, practitioner_id)
    version = versions.newest(session)
    if practitioner is None or practitioner.person is None or version is None:
        return
    today = clock.london(at).date()
    seen = looking.pictures(session, version.pathways, [practitioner.id], today)[practitioner.id]
    due = badges_due(version.pathways, seen)
    holder = Holder(name_of(practitioner), practitioner.person.name)
    standing_for = _keep_what_is_true(session, holder, due, at)
    for key, one in due.items():
        if (key, _end(one.until)) not in standing_for:
            _issue(session, holder, version, one, at)


def _keep_what_is_true(
    session: Session, holder: Holder, due: dict[str, Due], at: datetime
) -> set[tuple[str, datetime | None]]:
    """Revoke what is not true any more; what stands, by stage and end."""
    kept = set()
    for badge in standing(session, holder.key, KIND, at=at):
        if reason := _untrue(badge, holder, due.get(badge.achievement)):
            revoke(session, badge, reason, at=at, by=BY)
        else:
            kept.add((badge.achievement, badge.valid_until))
    return kept


def _untrue(badge: Credential, holder: Holder, due: Due | None) -> str:
    """Why it cannot go on, in a sentence; empty when it can."""
    if due is None:
        return _("Not all of the learning is in date any more.")
    end = _end(due.until)
    if end is not None and (badge.valid_until is None or badge.valid_until > end):
        return _("Part of the learning runs out earlier than it says. There is a newer one.")
    if named(badge) != holder.name:
        return _("The person goes by another name now. There is a newer one.")
    return ""


def named(badge: Credential) -> str:
    """Whom it names; only one that was not forgotten names anybody."""
    document = badge.document or {}
    found: str = document["credentialSubject"]["identifier"][0]["identityHash"]
    return found


def _issue(
    session: Session, holder: Holder, version: PathwayVersion, due: Due, at: datetime
) -> None:
    end = _end(due.until)
    issue(session, KIND, holder, _achievement(version, due), at=at, by=BY, until=end)


def _achievement(version: PathwayVersion, due: Due) -> Achievement:
    pathways, stage = version.pathways, due.stage
    modules = pathways.in_stage(stage.key)
    means = [
        ngettext(
            "Learning done: %(num)d module of %(title)s.",
            "Learning done: all %(num)d modules of this stage of %(title)s.",
            len(modules),
            title=version.title,
        ),
        _("It is not a licence to practise. It says nothing of any employer’s own checks."),
    ]
    if version.example_text:
        means.append(_("Example text: nobody has agreed these pathways yet."))
    names = "; ".join(f"{module.key} {module.name}" for module in modules)
    return Achievement(
        key=stage.key,
        name=_("%(stage)s: learning done", stage=stage.name),
        description=" ".join(means),
        criteria=_("Each of these was completed, checked by somebody else, and in date: %(names)s.",
                   names=names),
        url=f"{issuer.site()}/training/{version.code}#{stage.key}",
        type="Certificate",
    )  # fmt: skip


def _end(until: date | None) -> datetime | None:
    """The last day is whole."""
    return clock.begins(until + timedelta(days=1)) if until is not None else None
