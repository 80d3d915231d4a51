"""The award as a verifiable credential: issued while it is current, revoked when it is not."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from review.award.states import WORDS
from review.models import Award
from review.models.awards import LIVE
from web import clock
from web.audit.chain import name_of
from web.credentials import Achievement, Credential, Holder, issue, issuer, revoke, standing

KIND = "award"
BY = "system:award"


def follow(session: Session, award: Award, *, at: datetime) -> None:
    """What stands is one credential that says what is true; all others are revoked."""
    holder = _holder(award)
    there = standing(session, holder.key, KIND, at=at)
    good = [c for c in there if award.state == LIVE and c.achievement == award.reference]
    for credential in there:
        if credential not in good and (
            award.state == LIVE or credential.achievement == award.reference
        ):
            revoke(session, credential, str(WORDS[award.state].public), at=at, by=BY)
    if award.state == LIVE and not good:
        until = clock.begins(award.until_on + timedelta(days=1))
        issue(session, KIND, holder, _achievement(award), at=at, by=BY, until=until)


def current(session: Session, award: Award, *, at: datetime) -> Credential | None:
    """The one to download; None while the award is not current."""
    found = standing(session, _holder(award).key, KIND, at=at)
    return next((c for c in found if c.achievement == award.reference), None)


def _holder(award: Award) -> Holder:
    organisation = award.organisation
    page = f"{issuer.site()}/organisations/{organisation.slug}"
    return Holder(name_of(organisation), organisation.name, page)


def _achievement(award: Award) -> Achievement:
    version = award.framework_version
    level = version.framework.level_by_key[award.level]
    means = [level.meaning]
    if version.agreed_by is None:
        means.append(_("Example text: nobody has agreed this framework yet."))
    return Achievement(
        key=award.reference,
        name=f"{version.title}: {level.name}",
        description=" ".join(means),
        criteria=level.looks,
        url=f"{issuer.site()}/quality/{version.code}",
        type="Award",
    )
