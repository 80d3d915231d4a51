"""The panel: who is asked, the pack, sealed votes, counting, and telling what was decided."""
