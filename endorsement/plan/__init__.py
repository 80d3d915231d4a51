"""The improvement plan: what an organisation will do, who, by when, and how it went."""
