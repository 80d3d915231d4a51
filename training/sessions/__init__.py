"""Training sessions: offered, booked, waited for, attended; what was learned goes into records."""
