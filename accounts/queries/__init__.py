"""Finding people, organisations and what they run: always ordered, always bounded."""

from accounts.queries.organisations import organisation_by_slug, organisations_of
from accounts.queries.people import person_by_email

__all__ = ["organisation_by_slug", "organisations_of", "person_by_email"]
