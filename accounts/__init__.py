"""People, sign-in, organisations, memberships, invitations, projects."""
