"""Training records out of a spreadsheet, brought in by a lead.

    fields.py     what a column may hold, and what it is called in people's sheets
    reading.py    one cell: a day, a module, how it was learned
    judging.py    what becomes of one row.  Plain Python
    people.py     whom an organisation knows
    beginning.py  a table becomes an import
    looking.py    the dry run: every row is looked at, some at a time
    adding.py     what was confirmed is written, some at a time, by the worker
    undoing.py    and taken back again, within a day
    jobs.py       the worker's part

Rows lie in the database until the day for undoing is over; a chunk of them is a commit, so whoever
comes after a worker that was killed goes on where it was.
"""
