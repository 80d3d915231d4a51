"""Safeguarding flags: for their own circle alone."""
