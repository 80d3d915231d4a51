"""The pages of a pledge: the organisation's side and the Charter team's."""

from charter.views import (
    desk,
    desk_organisations,
    desk_pausing,
    pledge,
    pledge_appeal,
    pledge_parts,
    ways,
)

# A module's routes stand once it is imported: both of each side's are named here.
blueprints = (pledge.bp, desk.bp)
part_address = ways.address

__all__ = [
    "blueprints",
    "desk_organisations",
    "desk_pausing",
    "part_address",
    "pledge_appeal",
    "pledge_parts",
]
