"""Wake-ups of the library."""

from celery import shared_task

from portal.library.services.following import follow_clock


@shared_task(name="library.follow_clock")
def follow() -> None:
    """Every minute: what names a thing that has just become public learns of it."""
    follow_clock()
