"""Countries and organisations in the API."""
