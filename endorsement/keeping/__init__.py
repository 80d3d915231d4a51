"""What endorsement holds of people and organisations, and what time and leaving do to it."""
