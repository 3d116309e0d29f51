"""Wake-ups of forums."""

from celery import shared_task

from forums.services.invitations import expire_invitations


@shared_task(name="forums.expire_invitations")
def expire() -> None:
    """Every ten minutes: unanswered invitations whose deadline has passed."""
    expire_invitations()
