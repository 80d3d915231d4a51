"""How an organisation's people stand with their training, for its leads and editors."""
