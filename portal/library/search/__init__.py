"""Full-text search over the catalogue, the same on PostgreSQL and SQLite."""
