"""A person's two addresses, clubs' shared ones, and mailboxes nobody can open any more."""
