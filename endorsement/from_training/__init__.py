"""The standard that the Training Pathways speak for: counts beside a rating, and when they fall."""
