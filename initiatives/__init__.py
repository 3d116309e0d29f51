"""Initiatives: coastal cities, pledges, progress on marine plastic (a later issue)."""
