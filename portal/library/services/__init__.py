"""Deeds of the library."""
