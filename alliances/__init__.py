"""The Mangrove Protection Alliance: members, sites, monitoring, practices (a later issue)."""
