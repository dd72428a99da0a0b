"""What the worker does for applications."""

from celery import shared_task

from affiliation import emails
from affiliation.models import Application, ApplicationEvent
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="affiliation.deliver_mail")
def deliver_mail() -> None:
    """Mail about what has happened to applications since last time."""
    deliver(ApplicationEvent.objects, emails.notify)


@shared_task(name="affiliation.forget_stale_drafts")
def forget_stale_drafts() -> None:
    """Drafts that nobody sent in are deleted in time, as the privacy page says."""
    Application.objects.forget_stale_drafts(today())
