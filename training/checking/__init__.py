"""Somebody else looks at a record beside its certificate, and confirms it or sends it back."""
