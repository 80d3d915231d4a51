"""What is held of whom in training, for how long, and what becomes of it."""
