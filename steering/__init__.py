"""The steering group: seats and who holds them, who assesses, and who is tied to whom."""
