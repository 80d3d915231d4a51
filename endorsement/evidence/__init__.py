"""The evidence library of an organisation: what it shows for the standards of the framework.

rules.py      who may; what may not be kept, said in words
contents.py   what one version of an item holds: words, a file, a link, or "at the visit"
queries.py    reading; what a standard's page lists
actions.py    adding, describing, replacing, removing to protect somebody
freezing.py   what goes into a submission, by hash
"""
