"""The practice case: one invented place that all assessors rate, to see how they read."""
