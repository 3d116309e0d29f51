"""Events and their programmes in the API."""
