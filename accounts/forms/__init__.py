"""The fields that people fill in about organisations, colleagues and projects."""
