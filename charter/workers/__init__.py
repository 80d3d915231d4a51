"""A youth worker's own pledge: under two minutes on a phone, no account, confirmed by a mail.

Nobody learns from its pages who has pledged: every answer is the same, and the mail says which.
"""
