"""Buddy organisations: two that check the training of each other's people, by agreement."""
