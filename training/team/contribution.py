"""What the team's pages add to training's contribution."""

from training import rules
from training.team import entry_views, looking, panels, views

blueprints = (views.bp, entry_views.bp, entry_views.claims)
panel = panels.team_panels
person_panel = entry_views.panels
GLOBALS = {"training_looks": looking.LOOKS, "training_team_rule": rules.may_see_team}
