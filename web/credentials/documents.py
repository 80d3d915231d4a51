"""The signed document: an Open Badge 3.0 with an eddsa-rdfc-2022 proof, made by the library."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openbadgeslib.ob3 import Achievement as Badge
from openbadgeslib.ob3 import IdentityObject, OB3LdpSigner, OpenBadgeCredential, status_entry

from web.credentials import issuer, keys, status
from web.credentials.models import SigningKey


@dataclass(frozen=True)
class Holder:
    """Whom a credential is about."""

    key: str
    """As the audit chain names things: "practitioner:12"."""
    name: str
    """As it stands in the document, for everybody who is shown it."""
    url: str = ""
    """Their public page; a person has none."""


@dataclass(frozen=True)
class Achievement:
    """What a credential says was achieved."""

    key: str
    """Which of its kind: the package's own word."""
    name: str
    description: str
    """What it means, and what it does not."""
    criteria: str
    """What had to be done for it."""
    url: str
    """Its public page."""
    type: str = "Achievement"
    """As Open Badges name it: "Certificate", "Award", …"""


@dataclass(frozen=True)
class Facts:
    """What of a document comes from the mechanism itself."""

    reference: str
    list_number: int
    list_index: int
    valid_from: datetime
    valid_until: datetime | None


def address(reference: str) -> str:
    """The credential's own address: its id in the document, and a page that says how it stands."""
    return f"{issuer.site()}/credentials/{reference}"


def signed(
    holder: Holder, achievement: Achievement, facts: Facts, key: SigningKey
) -> dict[str, Any]:
    made = OpenBadgeCredential(
        id=address(facts.reference),
        issuer=issuer.profile(),
        recipient_id=holder.url or None,
        identifiers=[IdentityObject(holder.name, "name", hashed=False)],
        achievement=_badge(achievement),
        issuance_date=facts.valid_from,
        expiration_date=facts.valid_until,
        credential_status=[
            status_entry(status.address(facts.list_number), status.REVOCATION, facts.list_index)
        ],
    )
    signer = OB3LdpSigner(keys.private_pem(key), issuer.method(key))
    return signer.sign(made, created=facts.valid_from)


def _badge(achievement: Achievement) -> Badge:
    return Badge(
        id=achievement.url,
        name=achievement.name,
        description=achievement.description,
        criteria_narrative=achievement.criteria,
        achievement_type=achievement.type,
    )
