"""Who signs, as the world looks it up: ``did:web:`` and the site's own name, with its keys."""

from typing import Any

from flask import current_app
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3 import Issuer, did_web_from_url, multikey_from_pem

from web.credentials.models import STOLEN, SigningKey

CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def site() -> str:
    found: str = current_app.extensions["settings"].site_url
    return found


def did() -> str:
    """Of a portal without https it is the same; nobody outside can look that one up."""
    return did_web_from_url(site().replace("http://", "https://", 1))


def profile() -> Issuer:
    return Issuer(id=did(), name=current_app.extensions["scheme"].names.scheme, url=site())


def method(key: SigningKey) -> str:
    """How a proof names the key."""
    return f"{did()}#{key.reference}"


def document(keys: list[SigningKey]) -> dict[str, Any]:
    """The DID document.  A stolen key is not in it: what it signed verifies nowhere any more."""
    methods = [_method(key) for key in _trusted(keys)]
    return {
        "@context": CONTEXT,
        "id": did(),
        "verificationMethod": methods,
        "assertionMethod": [found["id"] for found in methods],
    }


def _method(key: SigningKey) -> dict[str, str]:
    return {
        "id": method(key),
        "type": "Multikey",
        "controller": did(),
        "publicKeyMultibase": multikey_from_pem(key.public_pem),
    }


def key_set(keys: list[SigningKey]) -> dict[str, Any]:
    """The same keys as a JSON Web Key Set."""
    return {"keys": [_web_key(key) for key in _trusted(keys)]}


def _web_key(key: SigningKey) -> dict[str, Any]:
    known = {"kid": key.reference, "use": "sig", "alg": "EdDSA"}
    return public_jwk_from_pem(key.public_pem) | known


def _trusted(keys: list[SigningKey]) -> list[SigningKey]:
    return [key for key in keys if key.state != STOLEN]
