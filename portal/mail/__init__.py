"""Templates, the outbox, delivery and reminders."""
