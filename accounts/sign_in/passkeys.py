"""Passkeys (WebAuthn): asked for with a challenge that stands in the session, checked once.

A browser keeps a passkey for a name (``charter.example.org``, ``localhost``), never for a number,
so on ``http://127.0.0.1:8000`` there are none.
"""

import secrets
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from flask import current_app, session
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts.models import Passkey, Person
from web import clock
from web.database import db, holding

CHALLENGE, HANDLE = "passkey challenge", "passkey handle"
WRONG = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What the library raises for a credential that is none: programs send anything."""


def work_here() -> bool:
    try:
        ip_address(_name())
    except ValueError:
        return True
    return False


def to_make(person: Person) -> str:
    """What the browser needs to make one."""
    options = webauthn.generate_registration_options(
        rp_id=_name(),
        rp_name=current_app.extensions["scheme"].names.short,
        user_id=_handle(person).encode(),
        user_name=person.email,
        user_display_name=person.name,
        exclude_credentials=_known(person),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    session[CHALLENGE] = bytes_to_base64url(options.challenge)
    return str(webauthn.options_to_json(options))


def made(credential: str, person: Person) -> dict[str, Any] | None:
    """What is kept of a passkey that was made; None for one that is not good."""
    challenge = session.pop(CHALLENGE, None)
    if challenge is None:
        return None
    try:
        parsed = webauthn.helpers.parse_registration_credential_json(credential)
        found = webauthn.verify_registration_response(
            credential=parsed,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_name(),
            expected_origin=_origin(),
        )
    except WRONG:
        return None
    if _by_id(found.credential_id) is not None:
        return None
    person.fs_webauthn_user_handle = _handle(person)
    return {
        "credential_id": found.credential_id,
        "public_key": found.credential_public_key,
        "sign_count": found.sign_count,
        "transports": [t.value for t in parsed.response.transports or []],
    }


def to_show(person: Person | None) -> str | None:
    """What the browser needs to show one: of this person, or any that it keeps for us."""
    if not work_here():
        return None
    options = webauthn.generate_authentication_options(
        rp_id=_name(),
        allow_credentials=_known(person) if person else None,
        user_verification=UserVerificationRequirement.PREFERRED
        if person
        else UserVerificationRequirement.REQUIRED,
    )
    session[CHALLENGE] = bytes_to_base64url(options.challenge)
    return str(webauthn.options_to_json(options))


def shown(credential: str, *, person: Person | None) -> Passkey | None:
    """The passkey that was shown, if it is good.

    As the only thing they sign in with (``person`` is None) its device must have made sure who
    holds it, by finger, face or PIN: then it is two factors in one.
    """
    challenge = session.pop(CHALLENGE, None)
    if challenge is None:
        return None
    try:
        parsed = webauthn.helpers.parse_authentication_credential_json(credential)
        key = _by_id(parsed.raw_id)
        if key is None or (person is not None and key.person_id != person.id):
            return None
        found = webauthn.verify_authentication_response(
            credential=parsed,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_name(),
            expected_origin=_origin(),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=person is None,
        )
    except WRONG:
        return None
    key.sign_count, key.last_used_at = found.new_sign_count, clock.now()
    return key


def _by_id(credential_id: bytes) -> Passkey | None:
    """Held, so that two requests with one answer wait in line."""
    wanted = select(Passkey).where(Passkey.credential_id == credential_id)
    return db().scalar(holding(wanted))


def _known(person: Person) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=key.credential_id,
            transports=[AuthenticatorTransport(t) for t in key.transports or []] or None,
        )
        for key in person.webauthn
    ]


def _handle(person: Person) -> str:
    """What a browser files the person's passkeys under; it tells nothing of them."""
    return person.fs_webauthn_user_handle or str(
        session.setdefault(HANDLE, secrets.token_urlsafe(24))
    )


def _origin() -> str:
    return str(current_app.extensions["settings"].site_url)


def _name() -> str:
    return urlsplit(_origin()).hostname or ""
