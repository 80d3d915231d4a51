"""The call or visit, and the young assessors' own sheet."""
