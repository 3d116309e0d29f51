"""`make bench`: how fast the portal is beside an empty Django application under the same server. No test."""
