"""The signed-in pages about organisations, their people and what they run."""

from accounts.views import (
    closing,
    colleagues,
    home,
    invitations,
    joining,
    leading,
    leads,
    merging,
    my_data,
    names,
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
        closing,
        merging,
        names,
        my_data,
    )
)
