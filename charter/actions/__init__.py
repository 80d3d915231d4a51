"""All that changes a pledge."""

from charter.actions.beginning import begin
from charter.actions.clock import move_with_the_date
from charter.actions.deciding import confirm, restore, return_with_notes, suspend
from charter.actions.sending import send, withdraw
from charter.actions.writing import (
    cover,
    cover_all_as_one,
    name_signatory,
    see_details,
    write_action,
)

__all__ = [
    "begin",
    "confirm",
    "cover",
    "cover_all_as_one",
    "move_with_the_date",
    "name_signatory",
    "restore",
    "return_with_notes",
    "see_details",
    "send",
    "suspend",
    "withdraw",
    "write_action",
]
