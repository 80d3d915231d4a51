"""What badges hold of a person, as "Your data" tells it.

They go with the record (training.records.writing.forget).
"""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.badges.following import KIND, named
from training.records import queries
from web.audit.chain import name_of
from web.contributions import DataSection
from web.credentials import Credential
from web.credentials.issuing import of_holder


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    mine = queries.practitioner_of(session, person)
    badges = of_holder(session, name_of(mine), KIND) if mine else ()
    yield DataSection(
        "training-badges",
        _("Your badges"),
        _(
            "So that you can show that you have a whole stage. They are kept as long as your "
            "training. Then we take them back; of each only its number stays."
        ),
        [_row(badge) for badge in badges],
        change="my_badges.everything",
    )


def _row(badge: Credential) -> dict[str, Any]:
    return {
        _("Badge"): badge.title,
        _("Who it names"): named(badge) if badge.document else None,
        _("Number"): badge.reference,
        _("From"): badge.valid_from,
        _("Until"): badge.valid_until,
        _("Taken back"): badge.revoked_at,
        _("Why"): badge.reason or None,
    }
