"""An organisation with people, and the pathways."""

from tests.training.conftest import organisation, pathways  # noqa: F401
