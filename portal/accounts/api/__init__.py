"""Who uses the API, and what they may do there."""
