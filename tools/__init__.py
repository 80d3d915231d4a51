"""What the project itself is worked on with.  Not part of the running portal."""
