"""Changing people, organisations and what they run.  Callers commit."""
