"""The pages of the steering group's people and seats."""

from steering.views import own, seats, terms, ties

blueprints = (seats.bp, terms.bp, ties.bp, own.bp)
