"""What parses files from outside.  Only ever run in a process of its own, with limits.

It knows nothing of the portal: no settings, no database, no secrets in its environment.
``python -m web.files.child look FILE FOLDER LIMITS`` writes what it makes into FOLDER and prints
one line of JSON.  Nothing that it says is shown: the parent has the words.
"""
