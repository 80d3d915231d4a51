"""A platform's token: 256 random bits, shown once; of it a digest is held."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Nobody tries 256 bits, so the digest needs no salt and can be looked up."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
