"""Files: received, checked, kept, shown, sent and destroyed.  Read receiving.py first.

    forms.py      the field of a form that takes a file and says what is wrong with it
    receiving.py  an upload becomes a StoredFile; ``check`` needs no database, ``keep`` does
    checking.py   starts the child, in which everything that parses runs, with limits
    store.py      a folder or an S3-compatible store, by the SHA-256 of the content
    scanning.py   clamd; a file is held back until it is clean
    sending.py    the original as an attachment, page images in line
    removing.py   destroying, and sweeping what nothing refers to

This module imports nothing: the child starts with it.
"""
