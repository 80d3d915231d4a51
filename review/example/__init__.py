"""The cases of the example county, in every state, through the real actions."""

from review.example.life import plan

__all__ = ["plan"]
