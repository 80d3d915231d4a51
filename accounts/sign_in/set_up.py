"""Fitting the library: its configuration, its one session, what of it is switched off."""

from typing import Any, cast

from flask import Flask
from flask_security import MailUtil, Security, SQLAlchemySessionUserDatastore

from accounts.models import Passkey, Person
from accounts.models.people import ROLES
from accounts.sign_in import devices, guard, keys, no_mailbox
from accounts.sign_in.codes import CODE_LIVES, Codes
from accounts.sign_in.passwords import LEAST, WEAKEST, Passwords
from web.database import db
from web.settings import SettingsError

ARGON2 = {"argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1}
"""OWASP's smallest recommendation: several at once fit into a small machine's memory."""
QUICK = {"argon2__memory_cost": 64, "argon2__time_cost": 1, "argon2__parallelism": 1}


class RequestSession:
    """The library wants one session for ever; ours is the request's."""

    def __getattr__(self, name: str) -> object:
        return getattr(db(), name)


class NoMail(MailUtil):
    """Mails go through the outbox.  One that the library wants to send itself is a mistake."""

    def send_mail(self, template: str, *_: Any, **__: Any) -> None:
        raise NotImplementedError(
            f"{template} must become a mail of ours: see accounts.sign_in.mail"
        )


def set_up(app: Flask) -> None:
    _refuse_unknown_roles(app)
    app.config.update(_configuration(app))
    session_of_request, no_roles_table = cast(Any, RequestSession()), cast(Any, None)
    datastore = SQLAlchemySessionUserDatastore(session_of_request, Person, no_roles_table, Passkey)
    library = Security(
        app,
        datastore,
        register_blueprint=False,
        mail_util_cls=NoMail,
        password_util_cls=Passwords,
        totp_cls=Codes,
    )
    library.login_manager.request_loader(None)  # no sign-in by a token in the address or a header
    library.login_manager.user_loader(devices.who)
    app.extensions["door_steps"] += [guard.proved_first, no_mailbox.needs_a_mailbox]


def _refuse_unknown_roles(app: Flask) -> None:
    wanted = app.extensions["settings"].roles_with_second_factor
    if unknown := [role for role in wanted if role not in ROLES]:
        raise SettingsError(
            [
                f"PORTAL_SECOND_FACTOR_ROLES: nobody is ever {unknown[0]!r}. "
                f"The roles are: {', '.join(ROLES)}."
            ]
        )


def _configuration(app: Flask) -> dict[str, Any]:
    settings, scheme = app.extensions["settings"], app.extensions["scheme"]
    return {
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_UNIFIED_SIGNIN": True,  # makes the factory of the mailed codes
        "SECURITY_US_ENABLED_METHODS": ["password", "email"],
        "SECURITY_US_TOKEN_VALIDITY": CODE_LIVES,
        "SECURITY_TOTP_SECRETS": keys.keys(app),
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": keys.recovery_keys(app),
        "SECURITY_TOTP_ISSUER": scheme.names.short,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": QUICK
        if settings.environment == "test"
        else ARGON2,
        # No pepper: a new secret key must not make every password wrong.
        "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
        # Of what stands in a signed token; the library's own choice takes a third of a second.
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
        "SECURITY_PASSWORD_LENGTH_MIN": LEAST,
        "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "SECURITY_ZXCVBN_MINIMUM_SCORE": WEAKEST,
        "SECURITY_JOIN_USER_ROLES": False,
        # `flask users` and `flask roles` would change people behind the audit chain's back.
        "SECURITY_CLI_USERS_NAME": False,
        "SECURITY_CLI_ROLES_NAME": False,
        # Would mark a session whose phone changed networks; nothing here reads that mark.
        "SESSION_PROTECTION": None,
        # Nobody is remembered; a remember cookie, should a later version set one, is kept safe.
        "REMEMBER_COOKIE_SECURE": app.config["SESSION_COOKIE_SECURE"],
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_HTTPONLY": True,
    }
