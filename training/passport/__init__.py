"""The training passport: on paper, and by a private link that its owner makes and withdraws."""
