"""All that changes a pledge."""

from charter.actions.beginning import begin, renewable_until
from charter.actions.clock import last_chance, move_with_the_date
from charter.actions.deciding import confirm, return_with_notes
from charter.actions.pausing import answer_appeal, appeal, end, keep_paused, restore, suspend
from charter.actions.sending import send, withdraw
from charter.actions.writing import (
    cover,
    cover_all_as_one,
    look_back,
    name_signatory,
    see_details,
    write_action,
)

__all__ = [
    "answer_appeal",
    "appeal",
    "begin",
    "confirm",
    "cover",
    "cover_all_as_one",
    "end",
    "keep_paused",
    "last_chance",
    "look_back",
    "move_with_the_date",
    "name_signatory",
    "renewable_until",
    "restore",
    "return_with_notes",
    "see_details",
    "send",
    "suspend",
    "withdraw",
    "write_action",
]
