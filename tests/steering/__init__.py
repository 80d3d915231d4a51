"""The steering group."""
