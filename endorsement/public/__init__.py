"""The framework as everybody reads it."""
