"""From a self-assessment to a sealed submission: the ready check, the seal, taking it back."""
