"""Of whom a second factor is asked: of those whose role demands one, and of all who have one."""

from typing import Any

from flask import current_app


def roles_that_demand() -> tuple[str, ...]:
    """From the settings."""
    found: tuple[str, ...] = current_app.extensions["settings"].roles_with_second_factor
    return found


def role_demands(person: Any) -> bool:
    """Of a young person's seat none is asked: it needs no phone, and its session is short."""
    if not person.has_mailbox:
        return False
    return any(person.has_role(role) for role in roles_that_demand())
