"""Outreach: brochures, videos, interviews, news (a later issue)."""
