"""The assessor's desk."""
