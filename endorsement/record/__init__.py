"""An organisation's whole record to take along, and two pages of it for a funder."""
