"""The administration's base: what every admin of the house has in common."""
