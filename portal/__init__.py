"""The China–ASEAN environmental cooperation portal: the ground floor and the roof of the house."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
