"""What comes of a decision: what the organisation reads, its conditions, and appeals."""
