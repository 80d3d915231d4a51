"""The signed-in pages about organisations, their people and what they run."""

from accounts.views import colleagues, home, invitations, my_data, organisations, projects

blueprints = (home.bp, organisations.bp, colleagues.bp, invitations.bp, projects.bp, my_data.bp)
