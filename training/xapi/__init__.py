"""Completions that a learning platform sends (xAPI 1.0.3, 2.0), and who decides what they say."""
