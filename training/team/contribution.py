"""What the team's pages add to training's contribution."""

from training.team import looking, panels, views

blueprints = (views.bp,)
panel = panels.team_panels
GLOBALS = {"training_looks": looking.LOOKS}
