"""Training Pathways: what a practitioner has, needs next and what runs out."""
