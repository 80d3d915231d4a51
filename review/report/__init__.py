"""The report: readings side by side, what was settled, the organisation's check of the facts."""
