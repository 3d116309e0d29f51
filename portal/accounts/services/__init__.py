"""What is done to accounts."""
