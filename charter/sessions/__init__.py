"""Charter sessions: trained young people come and talk about the charter.  Offered, never a gate.

A thing of its own beside the pledge (docs/decisions/0012).  In the code it is called a booking:
a session is the database's.
"""
