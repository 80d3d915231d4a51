"""Seats of young people: a code from a worker, a chosen name, an adult who supports them."""
