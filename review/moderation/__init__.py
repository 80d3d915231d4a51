"""Checking together: an uninvolved lead assessor looks at what is far apart, and at a sample."""
