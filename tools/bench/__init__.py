"""`make bench`: how fast the public pages are, with 10, 1,000 and 20,000 pledges.

The server is the real one, started as docs/operations.md says, on a temporary SQLite database and
on 127.0.0.1 only.  The pledges are not real: tools/bench/register.py puts them straight into the
tables, past the actions and the audit chain, which nothing but a bench may do.
"""
