"""Forums and workshops: events, invitations, registrations, seats."""
