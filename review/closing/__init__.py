"""Weeks in which an organisation is closed: its clocks stand still."""
