"""The pathways' next version: drafted, agreed by the steering group, published; and whose standing
changes with it."""
