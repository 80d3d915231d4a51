"""Who reads which case: proposed in one step, changed by hand, asked, accepted, replaced."""
