"""What organisations sign: the charter's versions, their pledges, the public register."""
