"""What the roof does."""
