"""What practitioners learned: entering, asking, checking, choosing a role, who sees what."""
