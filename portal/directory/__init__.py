"""Countries, organisations and the people the office writes to."""
