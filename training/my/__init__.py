"""The practitioner's own side: what they have, what is next, who sees it."""
