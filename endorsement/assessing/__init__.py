"""Assessing oneself: the overview, a page a standard, and what came of it over the years."""
