"""What the worker does for applications."""

from celery import shared_task

from affiliation import emails
from affiliation.models import ApplicationEvent
from idekom.lib.history import deliver


@shared_task(name="affiliation.deliver_mail")
def deliver_mail() -> None:
    """Mail about what has happened to applications since last time."""
    deliver(ApplicationEvent.objects, emails.notify)
