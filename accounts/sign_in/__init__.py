"""Registering, signing in and out, and passwords, on Flask-Security (docs/decisions/0006)."""

from accounts.sign_in.devices import forget_over
from accounts.sign_in.keeping import erasure, my_data
from accounts.sign_in.mail import mail_secrets
from accounts.sign_in.set_up import set_up
from accounts.sign_in.views import bp

__all__ = ["bp", "erasure", "forget_over", "mail_secrets", "my_data", "set_up"]
