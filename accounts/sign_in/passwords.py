"""Hashing, checking and judging passwords, by the library."""

from typing import Any

from flask import current_app
from flask_security import PasswordUtil
from flask_security.utils import hash_password, verify_password
from werkzeug.local import LocalProxy

LEAST = 8
"""Characters."""
WEAKEST = 2
"""zxcvbn's score from 0 to 4: 2 refuses the common ones and little else."""
LONGEST_JUDGED = 72
"""zxcvbn refuses to judge more."""

library: Any = LocalProxy(lambda: current_app.extensions["security"])


class Passwords(PasswordUtil):
    def validate(
        self, password: str, is_register: bool, **about: Any
    ) -> tuple[list[str] | None, str]:
        faults, _ = super().validate(password[:LONGEST_JUDGED], is_register, **about)
        return faults, self.normalize(password)


def hashed(password: str) -> str:
    return str(hash_password(library.password_util.normalize(password)))


def matches(password: str, stored: str | None) -> bool:
    """Whether it is this password.  Takes as long where there is none to compare with."""
    if stored is None:
        hashed(password)
        return False
    return bool(verify_password(library.password_util.normalize(password), stored))


def outdated(stored: str | None) -> bool:
    """Whether it was hashed more weakly than we hash today."""
    return stored is not None and bool(library.pwd_context.needs_update(stored))


def too_easy(password: str, *about: str) -> bool:
    """Whether somebody who knows ``about`` (a name, an address) would soon guess it."""
    known = {str(number): part for number, part in enumerate(about)}
    faults, _ = library.password_util.validate(password, True, **known)
    return bool(faults)
