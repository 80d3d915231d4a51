"""What the steering group does with a submission: from its arrival to the award."""
