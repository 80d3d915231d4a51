"""`python -m web.serve`, which is `make run`: the whole portal on one machine, for trying it.

For real use see docs/operations.md.
"""
