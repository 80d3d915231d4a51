"""What charter keeps of a person who is erased (web.erasing)."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from charter.my_data import sections
from web.contributions import Erasure


def keeps(session: Session, person: Any) -> list[str]:
    if not any(section.rows for section in sections(session, person)):
        return []
    return [
        _(
            "The pledges you worked on. A pledge is the organisation’s promise: its text stays, "
            "and so does the name of whoever signed it or can be asked about it. To have your name "
            "taken out of a pledge, ask the organisation or the Charter team."
        )
    ]


erasure = Erasure(keeps=keeps)
