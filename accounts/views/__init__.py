"""The signed-in pages about organisations, their people and what they run."""

from accounts.views import (
    colleagues,
    home,
    invitations,
    joining,
    leading,
    leads,
    my_data,
    organisations,
    projects,
)

blueprints = tuple(
    view.bp
    for view in (
        home,
        organisations,
        colleagues,
        invitations,
        projects,
        joining,
        leading,
        leads,
        my_data,
    )
)
