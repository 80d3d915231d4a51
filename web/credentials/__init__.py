"""Credentials: signed documents that say what somebody achieved, as Open Badges 3.0 (W3C VC 2.0).

    keys.py       the keys that sign, encrypted at rest: new, in use, retired, stolen
    issuing.py    issue, revoke, forget: what packages call
    documents.py  the signed document itself, by the library
    status.py     the public list of what is revoked (Bitstring Status List)
    issuer.py     who signs: did:web, its keys
    reading.py    what somebody pastes or uploads becomes a document
    verifying.py  what is proven of it, and what is not

The library does the cryptography and the formats (docs/decisions/0023).
"""

from web.credentials.issuing import Achievement, Holder, forget, issue, revoke, standing
from web.credentials.models import Credential

__all__ = ["Achievement", "Credential", "Holder", "forget", "issue", "revoke", "standing"]
