"""A document that never changes once it is published: its next version is drafted, agreed by a
group, and published.  Knows no domain word: a package says what its document is (``Kind``).
"""
