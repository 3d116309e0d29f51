"""Results, and what the programme rests on, in the API."""
