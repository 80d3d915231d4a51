"""The pages.  All are ours; why none of the library's is, stands in docs/decisions/0006."""

import accounts.sign_in.views.devices
import accounts.sign_in.views.factors
import accounts.sign_in.views.passwords
import accounts.sign_in.views.proving
import accounts.sign_in.views.registering
import accounts.sign_in.views.resetting
import accounts.sign_in.views.signing_in  # noqa: F401
from accounts.sign_in.views.blueprint import bp

__all__ = ["bp"]
