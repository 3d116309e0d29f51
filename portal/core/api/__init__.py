"""What every resource of the API is made from."""
