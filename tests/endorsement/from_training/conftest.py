"""An organisation that is ready to send, as where it is sent."""

from tests.endorsement.sending.conftest import at_work, club, lead, ready  # noqa: F401
